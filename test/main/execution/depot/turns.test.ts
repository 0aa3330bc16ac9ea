import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { collectGarbage } from '../../../../src/main/execution/depot/collect-garbage.ts'
import { stagePhases } from '../../../../src/main/execution/depot/stage-phases.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase } from './made-phase.ts'

/** Turns of the event loop that others have while something is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false]
  const next = () => {
    turns++
    if (!isDone) setImmediate(next)
  }
  next()
  await work()
  isDone = true
  return turns
}

const ids = Array.from({ length: 50 }, (_, index) => String(index).padStart(64, '0'))

it('the owner of a depot can show that it is alive while it looks for garbage', async () => {
  const depot = temporaryFolder()
  for (const id of ids) mkdirSync(join(depot, id))
  const collect = () => collectGarbage(depot, { needed: null, remove: false })
  // Each phase is read as a whole, and for its weights.
  expect(await turnsDuring(collect)).toBeGreaterThanOrEqual(2 * ids.length)
})

it('the owner of a depot can show that it is alive while phases are brought', async () => {
  const [source, target, folder] = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
  const phases = [...ids, idOf('a')].map((id) => ({ id, isPresent: false }))
  for (const { id } of phases) await makePhase(source, id, { weights: 'weights' })
  const stage = () => stagePhases({ source, target, folder, phases })
  expect(await turnsDuring(stage)).toBeGreaterThanOrEqual(phases.length)
})

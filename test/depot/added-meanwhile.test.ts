import { hash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { bringJob } from '../../src/main/depot/bring-job.ts'
import { collectGarbage } from '../../src/main/depot/collect-garbage.ts'
import { phaseIdOf } from '../../src/main/depot/phase-job.ts'
import { temporaryFolder } from '../host/support.ts'
import { fakeDepot, jobOf } from './support.ts'

/** What another host does just before a process takes the depot. */
const meanwhile = vi.hoisted(() => ({ work: async () => {} }))

vi.mock(import('../../src/main/depot/owner.ts'), async (original) => {
  const { claimUnlessFull, ...others } = await original()
  return { ...others, claimUnlessFull: async (...args) => (await meanwhile.work(), claimUnlessFull(...args)) }
})

test('weights of a phase that another host adds before garbage is removed stay', async () => {
  const { depot, add } = fakeDepot()
  const needed = [await add()]
  const unneeded = await add(jobOf({ seed: 2 }))
  const source = join(temporaryFolder(), 'net.onnx')
  writeFileSync(source, 'weights')
  const sha256 = hash('sha256', 'weights')
  meanwhile.work = async () => {
    const job = jobOf({ initial: { kind: 'weights', sha256, source } })
    needed.push(phaseIdOf(job.definition))
    await bringJob(depot, needed[1]!, job)
  }
  const collected = await collectGarbage(depot, { needed: () => new Set(needed), remove: true })
  expect(collected).toMatchObject({ phases: [unneeded], files: 0 })
  expect(existsSync(join(depot, 'weights', sha256))).toBe(true)
})

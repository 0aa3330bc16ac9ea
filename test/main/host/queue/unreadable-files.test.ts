import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { readResults } from '../../../../src/main/execution/depot/phase-results.ts'
import { collectResults, type CollectOptions } from '../../../../src/main/host/queue/depot/follow-phase.ts'
import { isDamaged } from '../../../../src/files/verified-file.ts'
import { prepareWorkspace } from '../../../../src/main/store/open.ts'
import { idOf, makePhase } from '../../execution/depot/made-phase.ts'
import { bench, experiment, refusal, temporaryFolder, untilStatus } from '../support.ts'

/** Files that the disk does not give at the moment. */
const { unreadable } = vi.hoisted(() => ({ unreadable: new Set<string>() }))

vi.mock(import('../../../../src/files/regular-file.ts'), async (original) => {
  const module = await original()
  return {
    ...module,
    openRegularFile(path, most) {
      if (!unreadable.has(path)) return module.openRegularFile(path, most)
      return Promise.reject(
        Object.assign(new Error(`EIO: i/o error, open '${path}'`), { code: 'EIO', syscall: 'open' }),
      )
    },
  }
})

afterEach(() => unreadable.clear())

test('weights of a finished run that cannot be read at the moment are not trained again', async () => {
  const { open } = bench()
  const { client } = await open()
  const { runs } = await client.experiments.create(experiment())
  for (const { id } of runs) await untilStatus(client, id, 'done')
  const { id, phases, evaluation } = await client.runs.show({ run: runs[0]!.id })
  for (const { file } of [phases.at(-1)!.checkpoint!, evaluation!]) {
    unreadable.add(file)
    const { code, message } = await refusal(client.runs.retry({ runs: [id] }))
    expect([code, message]).toEqual(['disk', expect.stringContaining(`${file} cannot be read: EIO`)])
    unreadable.clear()
  }
  // Sound as it was: there is nothing to retry.
  expect((await refusal(client.runs.retry({ runs: [id] }))).code).toBe('conflict')
})

test('weights of a depot that cannot be read at the moment are neither set aside nor copied', async () => {
  const depot = temporaryFolder()
  const folder = await makePhase(depot, idOf(1), { weights: 'trained for days' })
  const file = join(folder, 'final.safetensors')
  const workspace = prepareWorkspace(temporaryFolder())
  const results = await readResults(folder)
  const options = { depot, workspace, phase: { id: idOf(1) }, results } as unknown as CollectOptions
  unreadable.add(file)
  await expect(collectResults(options)).rejects.toMatchObject({ code: 'disk' })
  const weights = { file, sha256: results.weights!.sha256, phaseId: idOf(1) }
  expect([existsSync(file), await isDamaged(weights)]).toEqual([true, false])
  unreadable.clear()
  expect(await collectResults(options)).toMatchObject({ trained: { type: 'trained' }, fault: null })
})

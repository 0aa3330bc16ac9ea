import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TrainingSnapshot } from '../../../../src/engine/index.ts'
import { readManifest } from '../../../../src/files/checkpoint-manifest.ts'
import { decodeSnapshot, decodeWeights } from '../../../../src/main/trainer/checkpoints/codec.ts'
import { openPhaseFiles } from '../../../../src/main/trainer/checkpoints/phase-files.ts'
import type { TrainerEvent } from '../../../../src/shared/phases/trainer-events.ts'

const provenance = { versions: { tensorflow: '2' }, earlierVersions: [{ tensorflow: '1' }] }
let folder: string
let sent: TrainerEvent[]

beforeEach(async () => {
  sent = []
  folder = await mkdtemp(join(tmpdir(), 'exitlab-phase-files-'))
})
afterEach(() => rm(folder, { recursive: true }))

const opened = () =>
  openPhaseFiles({
    phaseId: 'phase',
    checkpoints: { folder, warn: (message) => expect.fail(message) },
    provenance,
    send: (event) => void sent.push(event),
  })

/** After `epoch` epochs of ten steps, and `batch` steps of the next; its one weight is the epoch. */
function snapshot(epoch: number, keptEpoch: number, batch = 0): TrainingSnapshot {
  return {
    model: { weight: { shape: [1], values: Float32Array.of(epoch) } },
    moments: {},
    progress: {
      epoch,
      batch,
      step: 10 * epoch + batch,
      best: [0.5],
      epochsWithoutImprovement: 0,
      keptEpoch,
      running: { lossSums: [0], samples: [0] },
      pace: { images: 8, milliseconds: 1 },
    },
  }
}

it('names a snapshot by its epoch at the end of one and by its step elsewhere, and reports it', async () => {
  const files = opened()
  await files.save(snapshot(1, 1), { reason: 'epoch', improved: true })
  await files.save(snapshot(1, 1, 4), { reason: 'time', improved: false })
  const [first, second] = ['epoch-00001.safetensors', 'step-000000014.safetensors'].map((name) => join(folder, name))
  expect(sent).toEqual([
    { type: 'checkpoint', file: first, epoch: 1, step: 10, reason: 'epoch', improved: true },
    { type: 'checkpoint', file: second, epoch: 1, step: 14, reason: 'time', improved: false },
  ])
  expect(decodeSnapshot('phase', await readFile(second!), second!)).toEqual(snapshot(1, 1, 4))
  expect(await readManifest(folder, 'step-000000014.safetensors')).toMatchObject({
    epoch: 1,
    step: 14,
    keptEpoch: 1,
    ended: null,
    ...provenance,
  })
})

it('ends a phase with the weights of its best epoch alone, and says how it ended', async () => {
  const files = opened()
  for (const [epoch, kept] of [
    [1, 1],
    [2, 2],
    [3, 2],
  ] as const)
    await files.save(snapshot(epoch, kept), { reason: 'epoch', improved: epoch === kept })
  const final = await files.finish({ ended: 'early-stopping', epochs: 3, keptEpoch: 2 })
  expect(final).toMatchObject({ epoch: 3, step: 20, keptEpoch: 2, ended: 'early-stopping', ...provenance })
  expect(decodeWeights('phase', await readFile(final.path), final.path)).toEqual(snapshot(2, 2).model)
  expect((await readdir(folder)).sort()).toEqual(['final.safetensors', 'final.safetensors.manifest.json'])
})

import { expect, test } from 'vitest'
import { z } from 'zod'
import '../../support/tensorflow.ts'
import type { ExitLoss } from '../../../src/engine/losses/exit-loss.ts'
import { exitLosses } from '../../../src/engine/losses/index.ts'
import { tf } from '../../../src/engine/tf.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'

const register = (name: string, loss: ExitLoss, file: string) =>
  exitLosses.register(
    name,
    {
      info: { title: name, sentence: 'None.', paper: 'none' },
      parameters: z.strictObject({ weight: z.number().default(1) }),
      applies: () => true,
      load: async () => loss,
    },
    { extension: name, file, sha256: 'a'.repeat(64) },
  )
register('logarithm', (losses) => losses.map((loss) => tf.add(loss, tf.log(tf.sub(loss, loss)))), 'mine.ts')
register('doubled', (losses) => losses.map((loss) => tf.mul(loss, 2)), 'other.ts')
/** Finite, with a gradient that is not: that of a root at 0. */
register('root', (losses) => losses.map((loss) => tf.add(loss, tf.sqrt(tf.sub(loss, loss)))), 'root.ts')

// What knows the registries is loaded once everything is registered.
const { trainPhase } = await import('../../../src/engine/training/train-phase.ts')
const { startSnapshot } = await import('../../../src/engine/training/phase-start.ts')
const { phaseOf, readFixture } = await import('./fixture.ts')
const { network: spec, batches } = readFixture('resnet')

/** Trains two epochs on three batches with losses between exits, at a rate. @returns what went wrong */
async function failure(losses: readonly string[], learningRate = 1e-2): Promise<unknown> {
  const { network, phase } = phaseOf(spec, 'joint', 0)
  const objective = { weighting: 'uniform', ...Object.fromEntries(losses.map((name) => [name, { weight: 1 }])) }
  const subject = { network, phase: { ...phase, objective } }
  return trainPhase({
    ...subject,
    training: trainingSpec.parse({ epochs: 2, learningRate }),
    ...{ seed: 7, phaseId: 'phase', snapshot: startSnapshot(subject, { seed: 7 }) },
    trainingBatches: { batchesPerEpoch: 3, batch: (_, index) => batches[index % batches.length]! },
    validationBatches: { batchCount: 1, sampleCount: 6, batch: () => ({ ...batches[0]!, targets: new Int32Array(6) }) },
    ...{ dominanceBatches: 0, now: () => 0, checkpointSeconds: 60, shouldPause: () => false },
    onEvent: () => {},
    saveCheckpoint: async () => {},
  }).catch((error: unknown) => error)
}
const diverged = (message: RegExp) => expect.objectContaining({ code: 'diverged', message: expect.stringMatching(message) as string }) as unknown // prettier-ignore

test('a loss between exits that first is not finite is named with its file, and the learning rate as one possibility', async () => {
  expect(await failure(['doubled', 'logarithm'])).toEqual(
    diverged(/^phase “all exits”, epoch 1, .*: the loss between exits “logarithm” \(mine\.ts\) gave a number that is not finite, where .*training\.learningRate/), // prettier-ignore
  )
})

test('where outputs are first, losses between exits are named as one possibility: their gradients may be the cause', async () => {
  expect(await failure(['root'])).toEqual(
    diverged(/: the training loss of exit 0 is not a finite number; lower training\.learningRate, set training\.clipNorm or look at the gradient of the loss between exits “root” \(root\.ts\)$/), // prettier-ignore
  )
  expect(await failure(['doubled'], 1e38)).toEqual(diverged(/: the (training|validation) loss of exit 0/))
})

test('losses between exits that are finite train to the end', async () => {
  expect(await failure(['doubled'])).toMatchObject({ ended: 'epoch-cap' })
})

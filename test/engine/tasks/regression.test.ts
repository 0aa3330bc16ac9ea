import { expect, it } from 'vitest'
import { regression } from '../../../src/engine/tasks/regression.ts'
import { taskOf } from '../../../src/engine/tasks/index.ts'
import { stoppingMetric } from '../../../src/engine/training/early-stopping.ts'
import { tf } from '../../../src/engine/tf.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

it('measures each exit over a whole split, batch by batch, and ignores the padding of the last one', () => {
  const meter = regression.createMeter({ exitCount: 2, width: 1 })
  // Exit 0: 1, 2, 3; exit 1: 5, 5, 5; values 1, 3, 5.
  meter.add(Float32Array.of(1, 2, 5, 5), Float32Array.of(1, 3))
  meter.add(Float32Array.of(3, 99, 5, 99), Float32Array.of(5))
  expect(meter.values()).toEqual([
    { mse: 5 / 3, pearson: expect.closeTo(1, 12), spearman: expect.closeTo(1, 12) },
    { mse: 20 / 3, pearson: null, spearman: null },
  ])
})

it('measures more samples than a function call takes arguments', () => {
  const values = Float32Array.from({ length: 200_000 }, (_, index) => index % 7)
  const meter = regression.createMeter({ exitCount: 1, width: 1 })
  meter.add(values, values)
  expect(meter.values()).toEqual([{ mse: 0, pearson: expect.closeTo(1, 12), spearman: expect.closeTo(1, 12) }])
})

it('adds up squared errors over a training batch, and their gradient is twice the error', async () => {
  const before = tensorFlow.liveHandles()
  const found = tf.tidy(() => {
    const targets = tf.tensor2d([1, 3], [2, 1])
    const output = tf.tensor2d([1.5, 2], [2, 1])
    const losses = regression.lossOf(output, targets)
    const [sum] = regression.batchSums(targets)(output, losses)
    const gradient = tf.grad((predictions) => tf.sum(regression.lossOf(predictions, targets)))(output)
    return [losses, sum!, gradient].map((tensor) => [...tensor.dataSync()])
  })
  expect(found).toEqual([[0.25, 1], [1.25], [1, -2]])
  expect(regression.metricsOf({ lossSums: 1.25 }, 2)).toEqual({ mse: 0.625 })
  expect(tensorFlow.liveHandles()).toBe(before)
})

it('is the task of networks that say so, and stops on its loss', () => {
  expect(taskOf({ task: 'regression' })).toBe(regression)
  const stopping = (metric?: 'loss') => trainingSpec.parse(metric ? { earlyStopping: { metric } } : {})
  expect([stoppingMetric(regression, stopping()), stoppingMetric(regression, stopping('loss'))]).toEqual(['mse', 'mse'])
  expect([stoppingMetric(taskOf({}), stopping()), stoppingMetric(taskOf({}), stopping('loss'))]).toEqual(['accuracy', 'loss']) // prettier-ignore
})

import { mean } from '../../shared/statistics/statistics.ts'
import { tasks } from '../../shared/methods/task.ts'
import { pearson, spearman } from '../evaluation/correlation.ts'
import { tf } from '../tf.ts'
import type { Task } from './task.ts'

/**
 * One number a sample, an exit's only output. Loss: the squared error; targets: the values, [batch, 1] in training. Correlations
 * are of a whole split, so training, which adds up batch by batch, has the squared error alone.
 */
export const regression: Task = {
  info: tasks.regression,
  targets: Float32Array,
  lossOf: (output, targets) => tf.sum(tf.square(tf.sub(output, targets)), 1),
  sums: ['lossSums'],
  batchSums: () => (_, losses) => [tf.sum(losses)],
  metricsOf: ({ lossSums }, count) => ({ mse: lossSums! / count }),
  createMeter({ exitCount }) {
    const values: number[] = []
    const predictions = Array.from({ length: exitCount }, (): number[] => [])
    return {
      add(outputs, targets) {
        for (const target of targets) values.push(target)
        predictions.forEach((ofExit, exit) => {
          const first = (exit * outputs.length) / exitCount
          for (const output of outputs.subarray(first, first + targets.length)) ofExit.push(output)
        })
      },
      values: () => predictions.map((ofExit) => metricsOf(ofExit, values)),
    }
  },
}

/** Mean squared error, and the correlations of predictions and values. */
function metricsOf(predictions: readonly number[], values: readonly number[]) {
  const mse = mean(predictions.map((prediction, sample) => (prediction - values[sample]!) ** 2))
  return { mse, pearson: pearson(predictions, values), spearman: spearman(predictions, values) }
}

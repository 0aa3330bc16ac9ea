import { tasks } from '../../shared/methods/task.ts'
import { readLogits } from '../exits/logit-row.ts'
import { softmaxCrossEntropy, tf } from '../tf.ts'
import type { Task } from './task.ts'

/** One class a sample. Training targets: probabilities [batch, classes]; evaluation targets: labels. Of equal logits the first is the prediction. */
export const classification: Task = {
  info: tasks.classification,
  targets: Int32Array,
  lossOf: softmaxCrossEntropy,
  sums: ['lossSums', 'correct'],
  batchSums(targets) {
    const likeliest = tf.argMax(targets, 1)
    return (logits, losses) => [tf.sum(losses), tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), likeliest), 'float32'))]
  },
  metricsOf,
  createMeter({ exitCount, width }) {
    const sums = Array.from({ length: exitCount }, () => ({ lossSums: 0, correct: 0 }))
    let count = 0
    return {
      add(logits, labels) {
        sums.forEach((sum, exit) => {
          const first = (exit * logits.length) / exitCount
          labels.forEach((label, sample) => {
            const start = first + sample * width
            const { predicted, logSum } = readLogits(logits, start, width)
            sum.lossSums += logSum - logits[start + label]!
            if (predicted === label) sum.correct++
          })
        })
        count += labels.length
      },
      values: () => sums.map((sum) => metricsOf(sum, count)),
    }
  },
}

/** Mean cross-entropy in nats, and accuracy 0 … 1. */
function metricsOf({ lossSums, correct }: Readonly<Record<string, number>>, count: number) {
  return { loss: lossSums! / count, accuracy: correct! / count }
}

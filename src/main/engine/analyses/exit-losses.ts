import { readLogits } from '../evaluation/logit-row.ts'

/** Mean cross-entropy (nats) of each exit over images that come batch by batch, added up as those of an evaluation are. */
export interface ExitLosses {
  /** logits: [exits, at least as many images as labels, classes] */
  add(logits: Float32Array, labels: Int32Array): void
  means(): number[]
}

/** Losses over no images yet. */
export function createExitLosses(exitCount: number, classCount: number): ExitLosses {
  const sums = new Float64Array(exitCount)
  let images = 0
  return {
    add(logits, labels) {
      for (let exit = 0; exit < exitCount; exit++) {
        const first = (exit * logits.length) / exitCount
        labels.forEach((label, image) => {
          const start = first + image * classCount
          sums[exit]! += readLogits(logits, start, classCount).logSum - logits[start + label]!
        })
      }
      images += labels.length
    },
    means: () => Array.from(sums, (sum) => sum / images),
  }
}

import type { ExitOutputs } from '../../../shared/evaluation/evaluation.ts'
import { readLogits } from '../../../engine/exits/logit-row.ts'

/** Softmax probabilities of one exit for one sample, [classes], from its logits over its temperature. */
export function probabilitiesOf(logits: Float32Array, temperature = 1): number[] {
  const { logSum } = readLogits(logits, 0, logits.length, temperature)
  return Array.from(logits, (logit) => Math.exp(logit / temperature - logSum))
}

/**
 * The `count` samples among `candidates` whose outputs of one exit are nearest to those of `sample`: by the Euclidean distance
 * of logits, each less their mean over the classes, which softmax does not see; of a regression of predictions. Equal
 * distances in the order of the candidates: O(N·C + N·log N).
 */
export function nearestSamples(
  outputs: Pick<ExitOutputs, 'logits' | 'classCount'>,
  { sample, candidates, count }: { sample: number; candidates: readonly number[]; count: number },
) {
  return candidates
    .filter((each) => each !== sample)
    .map((each) => ({ sample: each, distance: distance(outputs, sample, each) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
}

/** With differences d of the logits: √(Σ d² − (Σ d)² / C). The prediction of a regression is one number, and no logit. */
function distance({ logits, classCount }: Pick<ExitOutputs, 'logits' | 'classCount'>, a: number, b: number): number {
  let [sum, squares] = [0, 0]
  for (let c = 0; c < classCount; c++) {
    const difference = logits[a * classCount + c]! - logits[b * classCount + c]!
    sum += difference
    squares += difference ** 2
  }
  return classCount === 1 ? Math.abs(sum) : Math.sqrt(Math.max(0, squares - sum ** 2 / classCount))
}

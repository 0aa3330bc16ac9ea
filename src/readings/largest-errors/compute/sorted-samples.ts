import type { ValueOutputs } from '../../../engine/evaluation/predicted-values.ts'
import { extent } from '../../../shared/statistics/statistics.ts'
import type { LargestErrorsAnswer, LargestErrorsQuestion } from '../schema.ts'

interface SortedSamplesOptions extends Pick<LargestErrorsQuestion, 'offset' | 'limit'> {
  /** Exit whose error samples are sorted by; null: the one at which each leaves. */
  exit: number | null
}

/** A page of the samples of a split, the largest error first, equal ones in the order of the split: O(N·log N). `leaves`: exit of each sample. */
export function sortedSamples(
  { exitCount, sampleCount, logits, targets }: ValueOutputs,
  leaves: Int32Array,
  { exit: sortedBy, offset, limit }: SortedSamplesOptions,
): Pick<LargestErrorsAnswer, 'sampleCount' | 'leaving' | 'range' | 'samples'> {
  const leaving = new Array<number>(exitCount).fill(0)
  leaves.forEach((exit) => leaving[exit]!++)
  const errors = Array.from(
    targets,
    (value, sample) => logits[(sortedBy ?? leaves[sample]!) * sampleCount + sample]! - value,
  )
  const largest = errors.map((_, sample) => sample).sort((a, b) => Math.abs(errors[b]!) - Math.abs(errors[a]!) || a - b)
  return {
    sampleCount,
    leaving,
    range: extent([...extent(targets), ...extent(logits)]) as [number, number],
    samples: largest.slice(offset, offset + limit).map((sample) => ({
      sample,
      value: targets[sample]!,
      leaves: leaves[sample]!,
      predictions: Array.from({ length: exitCount }, (_, exit) => logits[exit * sampleCount + sample]!),
      error: errors[sample]!,
    })),
  }
}

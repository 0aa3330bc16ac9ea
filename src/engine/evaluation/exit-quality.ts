import { mean } from '../../shared/statistics/statistics.ts'
import type { SampleValues } from './scored-exits.ts'

/** The primary metric of each exit alone: the mean of its values [exits, samples]. */
export function exitValues(values: SampleValues, sampleCount: number): number[] {
  return perExit(values, sampleCount, mean)
}

/**
 * Share of samples (0…1) that some earlier exit gets right and this exit wrong, per exit, from correctness
 * [exits, samples]: 0 at exit 0; at the final exit the destructive overthinking of Kaya et al. 2019 (section 4).
 */
export function overthinking(correct: Uint8Array, sampleCount: number): number[] {
  const rightBefore = new Uint8Array(sampleCount)
  return perExit(correct, sampleCount, (row) => {
    let lost = 0
    for (let sample = 0; sample < sampleCount; sample++) {
      if (rightBefore[sample] && !row[sample]) lost++
      rightBefore[sample]! |= row[sample]!
    }
    return lost / sampleCount
  })
}

function perExit<Values extends SampleValues>(
  values: Values,
  sampleCount: number,
  measure: (row: Values) => number,
): number[] {
  return Array.from({ length: values.length / sampleCount }, (_, exit) =>
    measure(values.subarray(exit * sampleCount, (exit + 1) * sampleCount) as Values),
  )
}

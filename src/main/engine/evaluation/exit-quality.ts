/** Accuracy (0…1) of each exit alone, from correctness [exits, samples]. */
export function exitAccuracies(correct: Uint8Array, sampleCount: number): number[] {
  return perExit(correct, sampleCount, (row) => row.reduce((sum, right) => sum + right, 0) / sampleCount)
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

function perExit(correct: Uint8Array, sampleCount: number, measure: (row: Uint8Array) => number): number[] {
  return Array.from({ length: correct.length / sampleCount }, (_, exit) =>
    measure(correct.subarray(exit * sampleCount, (exit + 1) * sampleCount)),
  )
}

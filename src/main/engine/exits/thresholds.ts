/** The paper's sweep: `count` equally spaced thresholds from 0 to 1, both included (100 in the paper's code, method 7.1). */
export function unitThresholds(count = 100): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => i / (count - 1))
}

type Arrays = Record<string, ArrayLike<number>>

/** ‖a − b‖ / ‖b‖ over all numbers of both. NaN where one is no number. */
export function relativeDifference(a: Arrays, b: Arrays): number {
  let [difference, size] = [0, 0]
  for (const [name, expected] of Object.entries(b)) {
    const found = a[name]!
    for (let index = 0; index < expected.length; index++) {
      difference += (found[index]! - expected[index]!) ** 2
      size += expected[index]! ** 2
    }
  }
  return Math.sqrt(difference / size)
}

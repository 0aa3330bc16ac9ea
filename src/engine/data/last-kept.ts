/** Caches the latest value: the batches of an epoch are requested one after the other. */
export function lastKept<T>(compute: (key: number) => T): (key: number) => T {
  let kept: { key: number; value: T } | null = null
  return (key) => {
    if (kept?.key !== key) kept = { key, value: compute(key) }
    return kept.value
  }
}

/** A copy with the changes in it (null: gone), which are used up. */
export function mergedMap<T>(map: ReadonlyMap<string, T>, changes: Map<string, T | null>): ReadonlyMap<string, T> {
  const copy = new Map(map)
  for (const [key, value] of changes) {
    if (value === null) copy.delete(key)
    else copy.set(key, value)
  }
  changes.clear()
  return copy
}

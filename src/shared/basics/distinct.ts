/** The items with different keys, of equal ones the first, in their order. */
export function distinctBy<Item>(items: readonly Item[], key: (item: Item) => unknown): Item[] {
  const keys = new Set<unknown>()
  return items.filter((item) => keys.size < keys.add(key(item)).size)
}

const collator = new Intl.Collator('en', { numeric: true })

/** Values, each once and in order, numbers within texts by their size: `0.9.0` before `0.10.0`. */
export function distinctInOrder<Value extends string | number>(values: readonly Value[]): Value[] {
  return [...new Set(values)].sort((a, b) => collator.compare(String(a), String(b)))
}

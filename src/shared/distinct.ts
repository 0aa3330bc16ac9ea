/** The items with different keys, of equal ones the first, in their order. */
export function distinctBy<Item>(items: readonly Item[], key: (item: Item) => unknown): Item[] {
  const keys = new Set<unknown>()
  return items.filter((item) => keys.size < keys.add(key(item)).size)
}

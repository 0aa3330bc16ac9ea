const shortest = 6

/** For each id, its shortest beginning (6 characters at least) that no other of these ids begins with. */
export function shortIds(ids: readonly string[]): Map<string, string> {
  const sorted = [...new Set(ids)].toSorted()
  const common = (a = '', b = '') => {
    let length = 0
    while (length < a.length && a[length] === b[length]) length++
    return length
  }
  return new Map(
    sorted.map((id, index) => {
      const unique = 1 + Math.max(common(id, sorted[index - 1]), common(id, sorted[index + 1]))
      return [id, id.slice(0, Math.max(shortest, unique))]
    }),
  )
}

/** Labels by id: the name where it is the only one, else with the id's short beginning, `warm-up (3f9a2b)`. */
export function distinctLabels(names: ReadonlyMap<string, string>): Map<string, string> {
  const short = shortIds([...names.keys()])
  const namesakes = Map.groupBy(names.values(), (name) => name)
  const labelOf = (id: string, name: string) =>
    namesakes.get(name)!.length === 1 ? name : `${name} (${short.get(id)})`
  return new Map([...names].map(([id, name]) => [id, labelOf(id, name)]))
}

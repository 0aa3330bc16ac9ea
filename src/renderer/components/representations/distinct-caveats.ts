/** Distinct caveats of results; of those that differ only in a number, the one with the largest. */
export function distinctCaveats(results: readonly { caveats: readonly string[] }[]): string[] {
  const alike = Map.groupBy(
    results.flatMap(({ caveats }) => caveats),
    (caveat) => caveat.replaceAll(/\d+/g, '#'),
  )
  const byNumber = new Intl.Collator('en', { numeric: true })
  return [...alike.values()].map((group) => group.toSorted(byNumber.compare).at(-1)!)
}

/** Ids of tables and figures in short: `tables 1, 8, figure 7`; a dash where there are none. */
export function itemList(ids: readonly string[]): string {
  const part = (kind: string) => {
    const numbers = [
      ...new Set(ids.filter((id) => id.startsWith(`${kind}-`)).map((id) => Number(id.slice(kind.length + 1)))),
    ]
    if (numbers.length === 0) return []
    return [`${kind}${numbers.length === 1 ? '' : 's'} ${numbers.sort((a, b) => a - b).join(', ')}`]
  }
  return [...part('table'), ...part('figure')].join(', ') || '–'
}

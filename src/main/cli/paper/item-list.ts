/** Ids of tables and figures in short: `tables 1, 8–10, figure 7`; a dash where there are none. */
export function itemList(ids: readonly string[]): string {
  const part = (kind: string) => {
    const own = ids.filter((id) => id.startsWith(`${kind}-`)).map((id) => Number(id.slice(kind.length + 1)))
    const numbers = [...new Set(own)].sort((a, b) => a - b)
    if (numbers.length === 0) return []
    return [`${kind}${numbers.length === 1 ? '' : 's'} ${rangesOf(numbers).map(rangeText).join(', ')}`]
  }
  return [...part('table'), ...part('figure')].join(', ') || '–'
}

/** Consecutive numbers together. */
function rangesOf(numbers: readonly number[]): number[][] {
  const ranges: number[][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last?.at(-1) === number - 1) last.push(number)
    else ranges.push([number])
  }
  return ranges
}

function rangeText(range: readonly number[]): string {
  return range.length < 3 ? range.join(', ') : `${range[0]}–${range.at(-1)}`
}

/** Deciles, where there are values enough for them. */
const mostGroups = 10
const fewestOfGroup = 10

/**
 * Groups of similar values, 0 … groups − 1, to be held back in equal shares: as many values in each, but for one (equal ones may lie
 * in two). Deciles of 100 values or more, fewer groups of fewer.
 */
export function valueGroups(values: Float32Array): Int32Array {
  const count = values.length
  const groups = Math.min(mostGroups, Math.max(1, Math.floor(count / fewestOfGroup)))
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]! || a - b)
  const group = new Int32Array(count)
  order.forEach((position, rank) => (group[position] = Math.floor((rank * groups) / count)))
  return group
}

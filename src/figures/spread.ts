/**
 * Moves positions apart to at least `gap`, as little as possible in squares, keeping their order and staying within
 * `low` … `high` (where they fit at all: else they spread evenly over it). Returns them in the order given.
 */
export function spreadApart(
  positions: readonly number[],
  gap: number,
  [low, high]: readonly [number, number],
): number[] {
  const order = positions.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position)
  const room = order.length > 1 ? Math.min(gap, (high - low) / (order.length - 1)) : gap
  const clusters: { sum: number; count: number }[] = []
  order.forEach(({ position }, rank) => {
    clusters.push({ sum: position - rank * room, count: 1 })
    while (clusters.length > 1 && average(clusters.at(-2)!) >= average(clusters.at(-1)!)) {
      const last = clusters.pop()!
      clusters.at(-1)!.sum += last.sum
      clusters.at(-1)!.count += last.count
    }
  })
  const highest = high - (order.length - 1) * room
  const offsets = clusters.flatMap((cluster) =>
    new Array<number>(cluster.count).fill(Math.min(Math.max(average(cluster), low), highest)),
  )
  const spread = new Array<number>(positions.length)
  order.forEach(({ index }, rank) => (spread[index] = offsets[rank]! + rank * room))
  return spread
}

function average({ sum, count }: { sum: number; count: number }): number {
  return sum / count
}

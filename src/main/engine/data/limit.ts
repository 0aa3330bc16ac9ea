import { permutation, stream } from '../random.ts'

/** Not the seed of a run nor of the validation split: a subset stays the same under both. */
const subsetSeed = 0

/** Positions of each class, ascending. */
export function positionsByClass(labels: Int32Array, classes: number): number[][] {
  const positions = Array.from({ length: classes }, (): number[] => [])
  labels.forEach((label, position) => positions[label]!.push(position))
  return positions
}

/** `total` shared out equally; what a class cannot fill goes to the others, a remainder to the first ones. */
export function equalShares(counts: readonly number[], total: number): number[] {
  const shares = counts.map(() => 0)
  let left = Math.min(
    total,
    counts.reduce((sum, count) => sum + count, 0),
  )
  while (left > 0) {
    const open = [...counts.keys()].filter((index) => shares[index]! < counts[index]!)
    const each = Math.max(1, Math.floor(left / open.length))
    for (const index of open) {
      const given = Math.min(each, counts[index]! - shares[index]!, left)
      shares[index]! += given
      left -= given
    }
  }
  return shares
}

/** `share` of the positions, drawn by a stream of `seed`, ascending; a smaller share is part of a larger one. */
export function draw(
  positions: readonly number[],
  share: number,
  [seed, ...path]: [number, ...(string | number)[]],
): number[] {
  const order = permutation(positions.length, stream(seed, ...path))
  return Array.from(order.subarray(0, share), (position) => positions[position]!).sort((a, b) => a - b)
}

/** Positions of at most `limit` images, the classes in equal shares as far as they go; ascending. null: all. */
export function limited(labels: Int32Array, limit: number | null, classes: number): Int32Array {
  if (limit === null || limit >= labels.length) return Int32Array.from(labels.keys())
  const positions = positionsByClass(labels, classes)
  const shares = equalShares(
    positions.map(({ length }) => length),
    limit,
  )
  const drawn = positions.flatMap((each, label) => draw(each, shares[label]!, [subsetSeed, 'limit', label]))
  return Int32Array.from(drawn).sort()
}

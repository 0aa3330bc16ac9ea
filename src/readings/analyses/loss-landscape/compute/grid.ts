import { coarseToFine } from '../../../../engine/analyses/connectivity-path.ts'
import { chunksOf } from '../../../../shared/basics/chunks.ts'

/** A point of a grid: the places of its coefficients of δ and η. */
export type GridPoint = readonly [row: number, column: number]

/**
 * All points of a square grid in an order that shows the surface early: after k² of them, k rows and the same k columns are there,
 * which are the first k places of a path from coarse to fine.
 */
export function gridOrder(points: number): GridPoint[] {
  const order = coarseToFine(points)
  return order.flatMap((place, rank) => {
    const before = order.slice(0, rank)
    return [...before.flatMap((other): GridPoint[] => [[place, other], [other, place]]), [place, place]] // prettier-ignore
  })
}

/** Multiply-adds of one group of points: a few seconds of two busy processor cores, which is what an interruption may cost. */
const macsOfGroup = 1e11
const mostPoints = 16

/** The points of a grid in their order, in groups that are measured and kept together. macs: multiply-adds of one point. */
export function gridGroups(points: number, macs: number): GridPoint[][] {
  const size = Math.min(mostPoints, Math.max(1, Math.floor(macsOfGroup / macs)))
  return chunksOf(gridOrder(points), size)
}

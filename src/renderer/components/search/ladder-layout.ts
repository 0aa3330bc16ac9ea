import type { SearchRung } from '../../../contract/searches.ts'
import type { CurvePoints } from '../../composables/run-curves.ts'

/** Heights in pixels: what stands above the entries of a rung, and an entry by itself or as a card. */
export const headHeight = 48
const rowHeight = 26
const cardHeight = 50
/** Entries of a rung at most that are cards. */
const mostCards = 12

/** Whether its entries are cards; of more they are rows. */
export const hasCards = ({ entries }: Pick<SearchRung, 'entries'>): boolean => entries.length <= mostCards

/** Height of each entry of a rung. */
export const entryHeight = (rung: Pick<SearchRung, 'entries'>): number => (hasCards(rung) ? cardHeight : rowHeight)

const centre = (rung: SearchRung, place: number) => headHeight + (place + 0.5) * entryHeight(rung)

/** A band from a candidate's place in a rung to its place in the next one. */
interface Band {
  candidate: number
  path: string
}

export const bandWidth = 36

/** Bands between two rungs, and how far down they reach. */
export function bandsBetween(left: SearchRung, right: SearchRung): { bands: Band[]; height: number } {
  const half = bandWidth / 2
  const ends = right.entries.flatMap(({ candidate }, place) => {
    const before = left.entries.findIndex((entry) => entry.candidate === candidate)
    return before < 0 ? [] : [{ candidate, from: centre(left, before), to: centre(right, place) }]
  })
  return {
    bands: ends.map(({ candidate, from, to }) => ({
      candidate,
      path: `M0 ${from}C${half} ${from} ${half} ${to} ${bandWidth} ${to}`,
    })),
    height: Math.max(headHeight, ...ends.flatMap(({ from, to }) => [from + 2, to + 2])),
  }
}

/** The path of a curve in a box, which holds all curves of its rung. */
export function curvePath(
  curve: CurvePoints,
  { width, height, extent }: { width: number; height: number; extent: CurveExtent },
): { path: string; end: { x: number; y: number } } | null {
  const [last] = curve.slice(-1)
  if (last === undefined) return null
  const x = (epoch: number) => 2 + ((width - 6) * epoch) / extent.epochs
  const y = (value: number) => height - 3 - ((height - 6) * (value - extent.low)) / (extent.high - extent.low || 1)
  const points = curve.map(([epoch, value]) => `${x(epoch).toFixed(1)} ${y(value).toFixed(1)}`)
  return { path: `M${points.join('L')}`, end: { x: x(last[0]), y: y(last[1]) } }
}

export interface CurveExtent {
  epochs: number
  low: number
  high: number
}

/** What all curves of a rung fit into. */
export function extentOf(curves: readonly CurvePoints[]): CurveExtent {
  const all = curves.flat()
  const values = all.map(([, value]) => value)
  return {
    epochs: Math.max(1, ...all.map(([epoch]) => epoch)),
    low: Math.min(...values, 1),
    high: Math.max(...values, 0),
  }
}

import { sum } from '../../../../shared/statistics/statistics.ts'
import { idOf, matrix } from '../matrix.ts'

interface Choice<Whole, Part> {
  of: (whole: Whole) => readonly Part[]
  id: (part: Part) => string
  size: (part: Part) => number
}

/** Every part once: that of the largest size, of equal ones the first. */
export function fullest<Whole, Part>(all: readonly Whole[], { of, id, size }: Choice<Whole, Part>): Part[] {
  const byId = Map.groupBy(all.flatMap(of), id)
  return [...byId.values()].map((parts) => parts.reduce((best, part) => (size(part) > size(best) ? part : best)))
}

const places = new Map(matrix.map((item, index) => [idOf(item), index]))
/** In the order of the paper. */
export const inOrder = <Part>(parts: readonly Part[], itemOf: (part: Part) => string): Part[] =>
  parts.toSorted((a, b) => places.get(itemOf(a))! - places.get(itemOf(b))!)

interface Added<Part> {
  /** The parts that were taken, from whichever report. */
  joined: readonly Part[]
  amount: (part: Part) => number
}

/** What a report adds to a sum: its own, or less where others have the most of some of its parts; its parts may overlap. */
export const addedBy = <Part>(own: number, parts: readonly Part[], { joined, amount }: Added<Part>): number =>
  Math.min(own, sum(parts.filter((part) => joined.includes(part)).map(amount)))

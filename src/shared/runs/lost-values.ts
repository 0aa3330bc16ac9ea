import type { ImportedContent } from './imported.ts'
import { sum } from '../statistics/statistics.ts'

/**
 * How many values that a log had over the training are other ones now, or lie beyond its end, and how many it had: a log that grows
 * loses none. Of long logs not every value is kept, so that one that is missing within it says nothing.
 */
export function lostValues(before: ImportedContent, now: ImportedContent): { lost: number; had: number } {
  const had = (before.training?.curves ?? []).map(valuesOf)
  const has = (now.training?.curves ?? []).map(valuesOf)
  const lost = had.map((values, exit) => {
    const kept = has[exit] ?? new Map<number, number>()
    const end = Math.max(...kept.keys())
    return [...values].filter(([x, value]) => (kept.has(x) ? kept.get(x) !== value : x > end)).length
  })
  return { lost: sum(lost), had: sum(had.map(({ size }) => size)) }
}

/** Values by epoch or step. */
function valuesOf(curve: readonly number[]): Map<number, number> {
  return new Map(curve.flatMap((x, at) => (at % 2 === 0 ? [[x, curve[at + 1]!] as const] : [])))
}

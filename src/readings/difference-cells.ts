import { pText, type PairedDifference } from '../shared/statistics/paired.ts'
import { meanCell, plain, rounded, type TableCell } from '../shared/tables/table.ts'

/** Cells of a value and its spread: a difference with half of its interval, and its p after correction. */
export function differenceCells(
  difference: (PairedDifference & { adjustedP: number | null }) | null,
  decimals: number,
): [TableCell | null, TableCell | null] {
  if (difference === null) return [null, null]
  const { difference: mean, low, high, adjustedP: p } = difference
  const half = low === null || high === null ? null : (high - low) / 2
  return [
    meanCell({ mean, std: half }, decimals),
    p === null ? null : { values: [rounded(p, 6), null], printed: plain(pText(p)) },
  ]
}

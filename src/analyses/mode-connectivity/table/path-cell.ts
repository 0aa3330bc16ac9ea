import type { MeanStd } from '../../../shared/evaluation.ts'
import { fixed, rounded, type TableCell } from '../../../shared/table.ts'

/** What was read off a path, over seeds. */
export function pathCell({ mean, std }: MeanStd, decimals: number): TableCell {
  return {
    values: [rounded(mean, decimals + 4), rounded(std, decimals + 4)],
    printed: { text: fixed(mean, decimals), spread: std === null ? null : std.toFixed(decimals), bold: false },
  }
}

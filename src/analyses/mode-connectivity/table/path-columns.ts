import { lineName } from '../words.ts'
import type { MeanStd } from '../../../shared/evaluation.ts'
import { fixed, rounded } from '../../../shared/table.ts'
import type { Measure, TableCell, TableColumn } from '../../../shared/table.ts'
import { capitalised } from '../../../shared/table-words.ts'

/** Mean and deviation over seeds of a value of a path. */
export const pathMeasures: readonly Measure[] = [
  { name: 'mean', suffix: '' },
  { name: 'std', suffix: ' std' },
]

/** Every exit, then the mean of the exits. */
export function pathColumns(exitCount: number): TableColumn[] {
  return [...Array.from({ length: exitCount }, (_, exit) => exit), null].map((exit) => {
    const name = lineName(exit, exitCount)
    return { ids: [exit ?? 'mean'], name, title: capitalised(name), kind: 'number' }
  })
}

export function pathCell({ mean, std }: MeanStd, decimals: number): TableCell {
  return {
    values: [rounded(mean, decimals + 4), rounded(std, decimals + 4)],
    printed: { text: fixed(mean, decimals), spread: std === null ? null : std.toFixed(decimals), bold: false },
  }
}

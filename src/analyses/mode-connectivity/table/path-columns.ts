import { lineName } from '../words.ts'
import type { Measure, TableColumn } from '../../../shared/table.ts'
import { capitalised } from '../../../shared/table-words.ts'

/** What a cell of `pathCell` consists of. */
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

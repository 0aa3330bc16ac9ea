import { lineName } from '../../../figures/connectivity-words.ts'
import type { Measure, TableColumn } from '../table.ts'
import { capitalised } from './wording.ts'

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

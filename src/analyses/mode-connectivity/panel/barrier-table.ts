import { pairTitle } from '../pairs.ts'
import { barrierRows } from '../figure/barrier-matrix.ts'
import type { BarrierMatrixData } from '../figure/barrier-matrix.ts'
import { lineName, meanStdText, pathDecimals } from '../words.ts'
import type { FigureTable } from './path-table.ts'

/** The matrix of barriers as a table. */
export function barrierTable(data: BarrierMatrixData): FigureTable {
  const rows = barrierRows(data)
  const count = rows[0]!.lines.length
  const names = rows[0]!.lines.map((_, column) => lineName(column === count - 1 ? null : column, count - 1))
  return {
    columns: [{ title: 'Pair' }, { title: 'Path' }, ...names.map((title) => ({ title, numeric: true }))],
    rows: rows.map(({ pair, path, lines }) => [
      pairTitle(pair),
      path,
      ...lines.map(({ barrier }) => meanStdText(barrier, pathDecimals(data.metric))),
    ]),
  }
}

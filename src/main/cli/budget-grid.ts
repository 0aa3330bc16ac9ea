import stringWidth from 'string-width'
import type { Style } from './output/style.ts'
import { type Column, table } from './output/table.ts'

export interface TableView {
  style: Style
  /** Columns that it may take. */
  width: number
}

/** The parts of a cell; `mark` is a sign that stands out, or the room for one. */
export interface GridCell {
  mean: string
  /** ` ± 0.42`, or nothing. */
  spread: string
  mark: string
}

export interface BudgetGrid {
  /** Columns before the budgets. */
  names: readonly Column[]
  budgets: readonly (number | null)[]
  rows: readonly { names: readonly string[]; cells: readonly GridCell[] }[]
}

/** Something at each budget as lines for a terminal. Where that is too wide, each deviation stands below its mean. */
export function budgetGrid(grid: BudgetGrid, { style, width }: TableView): string[] {
  const wide = gridLines(grid, { style, stacked: false, width: Infinity })
  const fits = wide.every((line) => stringWidth(line) <= width)
  return fits ? wide : gridLines(grid, { style, stacked: true, width })
}

interface Layout extends TableView {
  /** Whether deviations stand below their means instead of beside them. */
  stacked: boolean
}

function gridLines({ names, budgets, rows }: BudgetGrid, { style, stacked, width }: Layout): string[] {
  const columns = [...names, ...budgets.map((budget): Column => ({ header: `${budgetName(budget)} `, align: 'right' }))]
  const lines = rows.flatMap(({ names: own, cells }) => {
    if (!stacked) return [[...own, ...cells.map(({ mean, spread, mark }) => `${mean}${spread}${mark}`)]]
    const means = [...own, ...cells.map(({ mean, mark }) => `${mean}${mark}`)]
    const spreads = [...own.map(() => ''), ...cells.map(({ spread }) => `${spread.trimStart()} `)]
    return cells.every(({ spread }) => spread === '') ? [means] : [means, spreads]
  })
  return table(columns, lines, { header: style.faint, width })
}

/** `25 %`, `Unlimited` */
function budgetName(budget: number | null): string {
  return budget === null ? 'Unlimited' : `${Number((100 * budget).toFixed(4))} %`
}

/** A number with a true minus, and ` ± 0.42` where there is a deviation. */
export function gridCell(
  value: { mean: number; std: number | null } | null,
  marked: { mark: string; style?: (text: string) => string } = { mark: ' ' },
): GridCell {
  if (value === null) return { mean: '–', spread: '', mark: ' ' }
  const mean = signed(value.mean)
  return {
    mean: marked.style ? marked.style(mean) : mean,
    spread: value.std === null ? '' : ` ± ${value.std.toFixed(2)}`,
    mark: marked.mark,
  }
}

function signed(value: number): string {
  const text = value.toFixed(2)
  return Number(text) === 0 ? '0.00' : text.replace('-', '−')
}

/** `quickstart` above a table of one experiment; nothing where rows name theirs. */
export function titleOf(experiments: readonly string[]): { several: boolean; title: string | null } {
  const distinct = [...new Set(experiments)]
  return { several: distinct.length > 1, title: distinct.length === 1 ? distinct[0]! : null }
}

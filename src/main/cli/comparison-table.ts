import stringWidth from 'string-width'
import type { BudgetCell, Comparison } from '../../shared/evaluation.ts'
import type { Style } from './output/style.ts'
import { type Column, table } from './output/table.ts'
import { printable } from './output/text.ts'

/** The answer of `compare --json`. */
export function comparisonJson({ protocol, rule, budgets, rows }: Comparison) {
  return {
    protocol,
    rule,
    budgets,
    rows: rows.map(({ experiment, regime, seeds, cells }) => ({
      experiment,
      regime,
      seeds,
      cells: cells.map((cell) => cell && cellJson(cell)),
    })),
  }
}

/** Percent to six decimals: more would be noise of floating point, such as 46.800000000000004. */
function cellJson({ budget, mean, std, macs }: BudgetCell) {
  return { budget, mean: rounded(mean), std: std === null ? null : rounded(std), macs }
}

const rounded = (value: number) => Number(value.toFixed(6))

/**
 * Accuracy at each budget as lines for a terminal: `85.52 ± 0.40`, an asterisk at the best of each experiment and budget.
 * Where that is too wide, each deviation stands below its mean.
 */
export function comparisonTable(comparison: Comparison, { style, width }: TableView): string[] {
  const { rows } = comparison
  const several = new Set(rows.map(({ experiment }) => experiment)).size > 1
  const title = several || rows[0] === undefined ? [] : [style.strong(printable(rows[0].experiment))]
  const wide = budgetTable(comparison, { several, style, stacked: false, width: Infinity })
  const fits = wide.every((line) => stringWidth(line) <= width)
  const lines = fits ? wide : budgetTable(comparison, { several, style, stacked: true, width })
  return [...title, ...lines, '', ...footnotes(comparison).map(style.faint)]
}

interface TableView {
  style: Style
  /** Columns that it may take. */
  width: number
}

interface Layout extends TableView {
  several: boolean
  /** Whether deviations stand below their means instead of beside them. */
  stacked: boolean
}

function budgetTable(comparison: Comparison, { several, style, stacked, width }: Layout): string[] {
  const columns: Column[] = [
    ...(several ? [{ header: 'experiment' }] : []),
    { header: 'regime' },
    { header: 'seeds', align: 'right', optional: true },
    ...comparison.budgets.map((budget): Column => ({ header: `${budgetName(budget)} `, align: 'right' })),
  ]
  const lines = comparison.rows.flatMap((row) => {
    const cells = row.cells.map((cell, index) => cellText(cell, { best: isBest(comparison, row, index), style }))
    const names = [...(several ? [printable(row.experiment)] : []), row.regime, String(row.seeds.length)]
    if (!stacked) return [[...names, ...cells.map(({ mean, spread, mark }) => `${mean}${spread}${mark}`)]]
    const means = [...names, ...cells.map(({ mean, mark }) => `${mean}${mark}`)]
    const spreads = [...names.map(() => ''), ...cells.map(({ spread }) => `${spread.trimStart()} `)]
    return cells.every(({ spread }) => spread === '') ? [means] : [means, spreads]
  })
  return table(columns, lines, { header: style.faint, width })
}

/** The parts of a cell; all cells end in a mark or the room for one. */
function cellText(cell: BudgetCell | null, { best, style }: { best: boolean; style: Style }) {
  if (cell === null) return { mean: '–', spread: '', mark: ' ' }
  const mean = cell.mean.toFixed(2)
  const spread = cell.std === null ? '' : ` ± ${cell.std.toFixed(2)}`
  return best ? { mean: style.strong(mean), spread, mark: '*' } : { mean, spread, mark: ' ' }
}

function footnotes({ rows, protocol, rule }: Comparison): string[] {
  const cells = rows.flatMap((row) => row.cells)
  return [
    `Test accuracy in %${cells.some((cell) => cell && cell.std !== null) ? ', mean ± standard deviation over seeds' : ''}; budgets in % of the backbone's cost; * best.`,
    protocol === 'validation'
      ? `Exit rule: ${rule}. Thresholds chosen on validation images; on test images the cost may differ a little from the budget.`
      : `Exit rule: ${rule}. Thresholds swept on the test images themselves, as the paper's code does.`,
    ...(cells.includes(null) ? ['–: even the cheapest threshold costs more than the budget.'] : []),
  ]
}

/** `25 %`, `Unlimited` */
export function budgetName(budget: number | null): string {
  return budget === null ? 'Unlimited' : `${Number((100 * budget).toFixed(4))} %`
}

/** Whether no regime of the experiment prints a higher mean at this budget, and there is one to be better than. */
function isBest({ rows }: Comparison, row: Comparison['rows'][number], index: number): boolean {
  const means = rows
    .filter(({ experiment }) => experiment === row.experiment)
    .flatMap(({ cells }) => cells[index]?.mean ?? [])
  return means.length > 1 && row.cells[index]?.mean.toFixed(2) === Math.max(...means).toFixed(2)
}

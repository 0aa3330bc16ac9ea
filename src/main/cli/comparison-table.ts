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
      cells: cells.map((cell) => cell && { budget: cell.budget, mean: cell.mean, std: cell.std, macs: cell.macs }),
    })),
  }
}

/** Accuracy at each budget as lines for a terminal; the best mean of each experiment and budget stands out. */
export function comparisonTable(comparison: Comparison, style: Style): string[] {
  const { budgets, rows, protocol, rule } = comparison
  const several = new Set(rows.map(({ experiment }) => experiment)).size > 1
  const columns: Column[] = [
    ...(several ? [{ header: 'experiment' }] : []),
    { header: 'regime' },
    { header: 'seeds', align: 'right' },
    ...budgets.map((budget): Column => ({ header: budgetName(budget), align: 'right' })),
  ]
  const lines = rows.map((row) => [
    ...(several ? [printable(row.experiment)] : []),
    row.regime,
    String(row.seeds.length),
    ...row.cells.map((cell, index) => cellText(cell, isBest(comparison, row, index) ? style.strong : undefined)),
  ])
  return [
    several ? '' : style.strong(printable(rows[0]?.experiment ?? '')),
    ...table(columns, lines, { header: style.faint }),
    '',
    style.faint(`Accuracy in %, mean ± standard deviation over seeds; budgets in % of the backbone's cost.`),
    style.faint(
      protocol === 'validation'
        ? `Exit rule: ${rule}. Thresholds chosen on validation images, read on test images.`
        : `Exit rule: ${rule}. Thresholds swept on the test images themselves, as the paper's code does.`,
    ),
    ...(rows.some(({ cells }) => cells.includes(null))
      ? [style.faint('–: even the cheapest threshold costs more than the budget.')]
      : []),
  ].filter((line, index) => index > 0 || line !== '')
}

/** `25 %`, `Unlimited` */
export function budgetName(budget: number | null): string {
  return budget === null ? 'Unlimited' : `${Number((100 * budget).toFixed(4))} %`
}

function cellText(cell: BudgetCell | null, emphasis: (text: string) => string = (text) => text): string {
  if (cell === null) return '–'
  const spread = cell.std === null ? '' : ` ± ${cell.std.toFixed(2)}`
  return emphasis(cell.mean.toFixed(2)) + spread
}

function isBest({ rows }: Comparison, row: Comparison['rows'][number], index: number): boolean {
  const rivals = rows.filter(({ experiment }) => experiment === row.experiment)
  const best = Math.max(...rivals.map(({ cells }) => cells[index]?.mean ?? Number.NEGATIVE_INFINITY))
  return rivals.length > 1 && row.cells[index]?.mean === best
}

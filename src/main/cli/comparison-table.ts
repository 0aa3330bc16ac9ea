import type { BudgetCell, Comparison } from '../../shared/evaluation.ts'
import { budgetGrid, gridCell, titleOf, type TableView } from './budget-grid.ts'
import type { Column } from './output/table.ts'
import { printable } from './output/text.ts'

/** The answer of `compare --json`. */
export function comparisonJson({ protocol, rule, budgets, rows }: Comparison) {
  return {
    protocol,
    rule,
    budgets,
    rows: rows.map(({ experiment, regime, seeds, runs, cells }) => ({
      experiment,
      regime,
      seeds,
      runs,
      cells: cells.map((cell) => cell && cellJson(cell)),
    })),
  }
}

/** Percent to six decimals: more would be noise of floating point, such as 46.800000000000004. */
function cellJson({ budget, mean, std, macs }: BudgetCell) {
  return { budget, mean: rounded(mean), std: std === null ? null : rounded(std), macs }
}

const rounded = (value: number) => Number(value.toFixed(6))

/** Accuracy at each budget as lines for a terminal: `85.52 ± 0.40`, an asterisk at the best of each experiment and budget. */
export function comparisonTable(comparison: Comparison, view: TableView): string[] {
  const { rows, budgets } = comparison
  const { several, title } = titleOf(rows.map(({ experiment }) => experiment))
  const grid = {
    names: [
      ...(several ? [{ header: 'experiment' }] : []),
      { header: 'regime' },
      { header: 'seeds', align: 'right', optional: true },
    ] satisfies Column[],
    budgets,
    rows: rows.map((row) => ({
      names: [...(several ? [printable(row.experiment)] : []), row.regime, String(row.seeds.length)],
      cells: row.cells.map((cell, index) =>
        gridCell(cell, isBest(comparison, row, index) ? { mark: '*', style: view.style.strong } : undefined),
      ),
    })),
  }
  return [
    ...(title === null ? [] : [view.style.strong(printable(title))]),
    ...budgetGrid(grid, view),
    '',
    ...footnotes(comparison).map(view.style.faint),
  ]
}

function footnotes({ rows, protocol, rule }: Comparison): string[] {
  const cells = rows.flatMap((row) => row.cells)
  return [
    `Test accuracy in %${cells.some((cell) => cell && cell.std !== null) ? ', mean ± standard deviation over seeds' : ''}; budgets in % of the backbone's cost; * best.`,
    ruleNote({ protocol, rule }),
    ...(cells.includes(null) ? ['–: even the cheapest threshold costs more than the budget.'] : []),
  ]
}

/** How thresholds were chosen. */
export function ruleNote({ protocol, rule }: Pick<Comparison, 'protocol' | 'rule'>): string {
  return protocol === 'validation'
    ? `Exit rule: ${rule}. Thresholds chosen on validation images; on test images the cost may differ a little from the budget.`
    : `Exit rule: ${rule}. Thresholds swept on the test images themselves, as the paper's code does.`
}

/** Whether no regime of the experiment prints a higher mean at this budget, and there is one to be better than. */
function isBest({ rows }: Comparison, row: Comparison['rows'][number], index: number): boolean {
  const means = rows
    .filter(({ experiment }) => experiment === row.experiment)
    .flatMap(({ cells }) => cells[index]?.mean ?? [])
  return means.length > 1 && row.cells[index]?.mean.toFixed(2) === Math.max(...means).toFixed(2)
}

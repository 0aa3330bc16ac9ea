import type { OptimismData } from '../../figures/optimism-data.ts'
import { budgetGrid, gridCell, titleOf, type TableView } from './budget-grid.ts'
import { printable } from './output/text.ts'

/** What choosing thresholds on the test set adds, as lines for a terminal. */
export function optimismTable({ budgets, rows }: OptimismData, rule: string, view: TableView): string[] {
  const { several, title } = titleOf(rows.map(({ experiment }) => experiment))
  const grid = {
    names: [...(several ? [{ header: 'experiment' }] : []), { header: 'regime' }],
    budgets,
    rows: rows.map(({ experiment, regime, gaps }) => ({
      names: [...(several ? [printable(experiment)] : []), regime],
      cells: gaps.map((gap) => gridCell(gap)),
    })),
  }
  const notes = [
    'Points of test accuracy that choosing thresholds on the test set itself adds to choosing them on validation images.',
    `Exit rule: ${rule}.`,
  ]
  return [
    ...(title === null ? [] : [view.style.strong(printable(title))]),
    ...budgetGrid(grid, view),
    '',
    ...notes.map(view.style.faint),
  ]
}

import { comparedPairs } from '../../shared/compared-pairs.ts'
import type { Comparison } from '../../shared/evaluation.ts'
import type { RegimeDifference, RegimeDifferences } from '../../shared/regime-differences.ts'
import { budgetGrid, gridCell, titleOf, type TableView } from './budget-grid.ts'
import { ruleNote } from './comparison-table.ts'
import { printable } from './output/text.ts'

/** Every pair of regimes at each budget as lines for a terminal: `−2.51 ± 0.63`, an asterisk where the difference is significant. */
export function differenceTable(
  differences: RegimeDifferences,
  how: Pick<Comparison, 'protocol' | 'rule'>,
  view: TableView,
): string[] {
  const pairs = comparedPairs(differences)
  const { several, title } = titleOf(pairs.map(({ experiment }) => experiment))
  const grid = {
    names: [...(several ? [{ header: 'experiment' }] : []), { header: 'difference' }],
    budgets: differences.map(({ budget }) => budget),
    rows: pairs.map((pair) => ({
      names: [...(several ? [printable(pair.experiment)] : []), `${pair.first} − ${pair.second}`],
      cells: pair.atBudgets.map((at) => (at ? cellOf(at, view) : gridCell(null))),
    })),
  }
  const notes = [
    'Points of test accuracy, first − second, paired by seed: mean ± half of the 95 % t interval.',
    "* p < 0.05 after Holm's correction for all pairs of a budget.",
    ruleNote(how),
  ]
  return [
    ...(title === null ? [] : [view.style.strong(printable(title))]),
    ...budgetGrid(grid, view),
    '',
    ...notes.map(view.style.faint),
  ]
}

function cellOf({ difference, low, high, adjustedP }: RegimeDifference, { style }: TableView) {
  const value = { mean: difference, std: low === null || high === null ? null : (high - low) / 2 }
  return gridCell(value, adjustedP !== null && adjustedP < 0.05 ? { mark: '*', style: style.strong } : undefined)
}

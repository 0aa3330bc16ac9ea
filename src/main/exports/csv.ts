import { stringify } from 'csv-stringify/sync'
import type { Comparison } from '../../shared/evaluation.ts'
import { plainText } from '../../shared/plain-text.ts'
import { budgetPercent } from './budget-table.ts'

/**
 * One record per experiment, regime and budget: accuracy in % (mean and unbiased standard deviation over seeds), mean
 * cost in multiply-adds a sample and as a fraction of the backbone's. Empty where no threshold fits, or one seed has no deviation.
 */
export function longCsv({ protocol, rule, rows, budgets }: Comparison): string {
  const records = rows.flatMap(({ experiment, regime, seeds, backboneMacs, cells }) =>
    cells.map((cell, b) => [
      plainText(experiment),
      regime,
      protocol,
      rule,
      seeds.join(' '),
      seeds.length,
      budgets[b] ?? 'unlimited',
      rounded(cell?.mean, 4),
      rounded(cell?.std, 4),
      rounded(cell?.macs, 0),
      rounded(cell && cell.macs / backboneMacs, 6),
    ]),
  )
  const header = ['experiment', 'regime', 'protocol', 'rule', 'seeds', 'n', 'budget', 'mean', 'std', 'macs', 'fraction']
  return csv([header, ...records])
}

/** The paper's table: one record per experiment and regime, two columns (mean, standard deviation) per budget. */
export function wideCsv({ rows, budgets }: Comparison): string {
  const names = budgets.map((budget) => (budget === null ? 'Unlimited' : `${budgetPercent(budget)}%`))
  const header = ['experiment', 'regime', 'n', ...names.flatMap((name) => [name, `${name} std`])]
  const records = rows.map(({ experiment, regime, seeds, cells }) => [
    plainText(experiment),
    regime,
    seeds.length,
    ...cells.flatMap((cell) => [rounded(cell?.mean, 4), rounded(cell?.std, 4)]),
  ])
  return csv([header, ...records])
}

/** Names that a spreadsheet would run as formulas get an apostrophe in front. */
function csv(records: (string | number | null)[][]): string {
  return stringify(records, { escape_formulas: true })
}

function rounded(value: number | null | undefined, decimals: number): number | null {
  return value === null || value === undefined ? null : Number(value.toFixed(decimals))
}

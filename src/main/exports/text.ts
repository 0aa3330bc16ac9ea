import type { Comparison } from '../../shared/evaluation.ts'
import { plainText } from '../../shared/plain-text.ts'
import { budgetPercent, multiplyAdds, printedExperiments, readingSentence } from './budget-table.ts'
import type { PrintedCell, PrintedExperiment } from './budget-table.ts'

export interface TextTableOptions {
  /** How the best value is made to stand out, in addition to its asterisk. */
  emphasise?: (text: string) => string
}

/** The budget table for a terminal: aligned, `70.41 ± 0.48`, an asterisk at the best of each budget, `–` where nothing fits. */
export function textTable(comparison: Comparison, { emphasise = (text) => text }: TextTableOptions = {}): string {
  const experiments = printedExperiments(comparison)
  const headings = comparison.budgets.map((budget) => (budget === null ? 'Unlimited' : `${budgetPercent(budget)} %`))
  const columns = headings.map((heading, b) => columnOf(experiments, b, heading))
  const regimeWidth = Math.max(6, ...comparison.rows.map(({ regime }) => regime.length))
  const lineOf = (first: string, seeds: string, cells: string[]) =>
    [first.padEnd(regimeWidth), seeds.padStart(5), ...cells].join('  ').trimEnd()
  const head = lineOf(
    'regime',
    'seeds',
    columns.map(({ width }, b) => `${headings[b]!.padStart(width)} `),
  )
  const blocks = experiments.map((experiment) => [
    '',
    titleOf(experiment),
    head,
    ...experiment.rows.map(({ regime, seedCount, cells }) =>
      lineOf(
        regime,
        String(seedCount),
        cells.map((cell, b) => printCell(cell, columns[b]!, emphasise)),
      ),
    ),
  ])
  const intro = [
    "Test accuracy in % within a budget of the backbone's cost",
    `${readingSentence(comparison)}; mean ± std over seeds; * best, – nothing fits`,
  ]
  return [...intro, ...blocks.flat(), ''].join('\n')
}

interface Column {
  mean: number
  /** Width of `± std`, 0 where no row has one. */
  std: number
  width: number
}

function columnOf(experiments: readonly PrintedExperiment[], budget: number, heading: string): Column {
  const cells = experiments.flatMap(({ rows }) => rows.map((row) => row.cells[budget] ?? null))
  const mean = Math.max(1, ...cells.map((cell) => cell?.mean.length ?? 0))
  const std = Math.max(0, ...cells.map((cell) => (cell?.std ? cell.std.length + 3 : 0)))
  return { mean, std, width: Math.max(mean + std, heading.length) }
}

/** Padded outside the emphasis, so that invisible characters cannot shift a column. One place behind the widest is the asterisk's. */
function printCell(cell: PrintedCell | null, { mean, std, width }: Column, emphasise: (text: string) => string): string {
  if (!cell) return `${'–'.padStart(width)} `
  const deviation = cell.std === null ? '' : ` ± ${cell.std.padStart(std - 3)}`
  const text = cell.mean + deviation
  const left = ' '.repeat(width - std - cell.mean.length)
  const right = ' '.repeat(std - deviation.length)
  return left + (cell.best ? `${emphasise(text)}*` : `${text} `) + right
}

function titleOf({ name, backboneMacs }: PrintedExperiment): string {
  return plainText(name) + (backboneMacs === null ? '' : `  (100 % = ${multiplyAdds(backboneMacs)} multiply-adds)`)
}

import type { Comparison } from '../../shared/evaluation.ts'
import { plainText } from '../../shared/plain-text.ts'
import { budgetPercent, multiplyAdds, printedExperiments, readingSentence, seedRange } from './budget-table.ts'
import type { PrintedCell, PrintedExperiment } from './budget-table.ts'
import { latexText } from './latex-text.ts'

export interface LatexTableOptions {
  /** Plain text; it is escaped. Default: says what the table shows and how it was read. */
  caption?: string
  /** Default: `tab:` with the experiments' names. */
  label?: string
}

/**
 * The budget table as a LaTeX float for booktabs and siunitx (version 3): an S column per budget, `±` uncertainties, the
 * best of each budget in bold, one block per experiment.
 */
export function latexTable(comparison: Comparison, options: LatexTableOptions = {}): string {
  const experiments = printedExperiments(comparison)
  const several = experiments.length > 1
  const headings = comparison.budgets.map((budget) => {
    const percent = budgetPercent(budget)
    return percent === null ? '{Unlimited}' : `{${percent}\\,\\%}`
  })
  const columns = headings.map((_, b) => columnFormat(experiments, b)).join(' ')
  return lines([
    '% needs \\usepackage{booktabs} and \\usepackage{siunitx} (version 3)',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${latexText(options.caption ?? captionOf(comparison, experiments))}}`,
    `  \\label{${labelOf(options.label ?? `tab:${experiments.map(({ name }) => name).join('-')}`)}}`,
    '  \\sisetup{separate-uncertainty, retain-zero-uncertainty, detect-weight, mode = text}',
    '  \\footnotesize',
    '  \\setlength{\\tabcolsep}{4pt}',
    `  \\begin{tabular}{l ${columns}}`,
    '    \\toprule',
    `    Regime & ${headings.join(' & ')} \\\\`,
    ...experiments.flatMap((experiment) => [
      '    \\midrule',
      ...(several
        ? [`    \\multicolumn{${headings.length + 1}}{l}{\\emph{${latexText(plainText(experiment.name, 60))}}} \\\\`]
        : []),
      ...rowsOf(experiment, experiments),
    ]),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
  ])
}

function rowsOf({ rows }: PrintedExperiment, experiments: readonly PrintedExperiment[]): string[] {
  const counts = new Set(experiments.flatMap((experiment) => experiment.rows.map(({ seedCount }) => seedCount)))
  return rows.map(({ regime, seedCount, cells }) => {
    const name = latexText(regime) + (counts.size > 1 ? ` ($n = ${seedCount}$)` : '')
    return `    ${[name, ...cells.map(cellOf)].join(' & ')} \\\\`
  })
}

function cellOf(cell: PrintedCell | null): string {
  if (!cell) return '{\\textendash}'
  const number = cell.std === null ? cell.mean : `${cell.mean} +- ${cell.std}`
  return cell.best ? `\\bfseries ${number}` : number
}

/** `S[table-format = 2.2(3)]`: digits before and after the point, and of the uncertainty, as the widest cells need them. */
function columnFormat(experiments: readonly PrintedExperiment[], budget: number): string {
  const cells = experiments.flatMap(({ rows }) => rows.flatMap((row) => row.cells[budget] ?? []))
  const integers = Math.max(2, ...cells.map(({ mean }) => mean.length - 3))
  const uncertainties = cells.flatMap(({ std }) => (std === null ? [] : [std.length - 1]))
  const uncertainty = uncertainties.length > 0 ? `(${Math.max(...uncertainties)})` : ''
  return `S[table-format = ${integers}.2${uncertainty}]`
}

function captionOf(comparison: Comparison, experiments: readonly PrintedExperiment[]): string {
  const [first, ...others] = experiments
  const of = first && others.length === 0 ? ` of ${plainText(first.name, 120)}` : ''
  const hundred = first?.backboneMacs && of ? ` (100\u00a0% = ${multiplyAdds(first.backboneMacs)} multiply-adds)` : ''
  const seeds = seedRange(experiments)
  const spread = seeds === '1 seed' ? seeds : `mean ± standard deviation over ${seeds}`
  return (
    `Test accuracy (%)${of} within inference budgets in % of the backbone’s cost${hundred}: ${spread}. ` +
    `${readingSentence(comparison)}; the best of each budget in bold.`
  )
}

function labelOf(text: string): string {
  return text.replace(/[^a-zA-Z0-9:]+/g, '-').replace(/^-|-$/g, '')
}

function lines(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`
}

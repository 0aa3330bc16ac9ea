import type { BudgetCell, Comparison, MeanStd } from '../../../../shared/evaluation.ts'
import type { MaybeImported } from '../../../../shared/imported.ts'
import { best, type Metric } from '../../../../shared/metric.ts'
import { blocksOf } from '../../../../shared/table-words.ts'
import { primaryMetric } from '../../../../shared/task.ts'
import type { AnswerOf } from '../../../../readings/index.ts'
import { pairOf, pairsAt, type Pair } from '../../../../readings/differences/pair.ts'
import { fitsSeries, publishedValue } from './published-overlay.ts'
import type { PublishedOverlay } from './published-overlay.ts'

type ComparisonRow = Comparison['rows'][number]

export interface BudgetTableCell {
  budget: number | null
  /** null where not even the cheapest threshold fits. */
  measured: BudgetCell | null
  /** Whether no row of the group shows a better mean here, and there is one to be better than. */
  best: boolean
  published: MeanStd | null
  /** Measured minus published, in points; null where that is for another network, exit rule, objective or other data. */
  delta: number | null
  /** Against the reference regime; null for itself and where pairs are missing. */
  pair: Pair | null
}

export interface BudgetTableRow extends MaybeImported {
  experiment: string
  /** null: not known, of an imported series. */
  regime: string | null
  series: string
  look: number | null
  seeds: readonly number[]
  runs: readonly string[]
  /** null: not known, of an imported series. */
  backboneCost: number | null
  isReference: boolean
  cells: BudgetTableCell[]
  /** Each seed read alone: [seeds][budgets]. */
  seedCells: readonly (readonly (BudgetCell | null)[])[]
}

/** Rows among which the best is marked: of one experiment, measured on the same samples. */
export interface BudgetTableGroup {
  title: string | null
  rows: BudgetTableRow[]
}

export interface BudgetTableSources {
  differences: AnswerOf<'differences'> | null
  overlay: PublishedOverlay | null
  /** Regime that the others are tested against. */
  reference: string | null
}

/** The table of the primary metric within budgets, block by block, with everything that is said in a cell. */
export function budgetTable(comparison: Comparison, sources: BudgetTableSources): BudgetTableGroup[] {
  const metric = primaryMetric(comparison)
  return blocksOf(comparison.rows, (members) => {
    const bests = comparison.budgets.map((_, b) =>
      bestShown(
        members.map(({ cells }) => cells[b] ?? null),
        metric,
      ),
    )
    return members.map((row) => tableRow(row, { ...sources, metric, budgets: comparison.budgets, best: bests }))
  })
}

/** The regime others are tested against unless one is chosen: `joint`, else the first. */
export function defaultReference({ rows }: Comparison): string | null {
  const own = rows.filter(({ imported }) => !imported)
  return (own.find(({ regime }) => regime === 'joint') ?? own[0])?.series ?? null
}

/** Whether any regime could be tested against the reference. */
export function hasMarks(groups: readonly BudgetTableGroup[]): boolean {
  const cells = groups.flatMap(({ rows }) => rows.flatMap((row) => row.cells))
  return cells.some(({ pair }) => pair !== null && pair.mark !== null)
}

/** Values as the table shows them; two that look alike are equally good. */
export const shownValue = (value: number, { decimals }: Pick<Metric, 'decimals'>): string => value.toFixed(decimals)

interface RowContext extends BudgetTableSources {
  budgets: readonly (number | null)[]
  best: readonly (string | null)[]
  metric: Metric
}

function tableRow(row: ComparisonRow, context: RowContext): BudgetTableRow {
  const { experiment, regime, series, look, imported, seeds, runs, backboneCost, seedCells } = row
  const isReference = series === context.reference
  const cells = context.budgets.map((budget, b) => tableCell(row, { ...context, budget, index: b }))
  return {
    experiment,
    regime,
    series,
    look,
    seeds,
    runs,
    backboneCost,
    isReference,
    cells,
    seedCells,
    ...(imported && { imported }),
  }
}

function tableCell(
  row: ComparisonRow,
  { budget, index, best, metric, ...sources }: RowContext & { budget: number | null; index: number },
): BudgetTableCell {
  const { experiment, series } = row
  const measured = row.cells[index] ?? null
  const published = sources.overlay && publishedValue(sources.overlay, row, budget)
  return {
    budget,
    measured,
    best: measured !== null && shownValue(measured.mean, metric) === best[index],
    published,
    delta: measured && published && fitsSeries(sources.overlay!, row) ? measured.mean - published.mean : null,
    pair: pairAgainst(sources, { experiment, series, budget, metric }),
  }
}

function pairAgainst(
  { differences, reference }: BudgetTableSources,
  { experiment, series, budget, metric }: { experiment: string; series: string; budget: number | null; metric: Metric },
): Pair | null {
  if (!differences || reference === null || series === reference) return null
  return pairOf(pairsAt(differences, budget), { experiment, series, against: reference, metric })
}

/** null where fewer than two regimes have a reading. */
function bestShown(cells: readonly (BudgetCell | null)[], metric: Metric): string | null {
  const means = cells.flatMap((cell) => (cell ? [cell.mean] : []))
  return means.length < 2 ? null : shownValue(best(metric, means), metric)
}

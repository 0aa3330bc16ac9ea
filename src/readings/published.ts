import { measuredSamples, type MaybeImported } from '../shared/runs/imported.ts'
import type { OfTask } from '../shared/methods/task.ts'
import type { MeanStd } from '../shared/evaluation/evaluation.ts'
import type { PublishedTable, PublishedTables } from '../shared/runs/published.ts'
import type { CostKind } from '../shared/evaluation/cost-kind.ts'
import type { ReadingSources } from './sources.ts'

/** One published value for each series or regime and budget, to be laid over what was measured. */
export interface PublishedOverlay {
  /** `table-10`, or `table-19/GE` for one of the variants of a table that has several rows of a regime. */
  key: string
  title: string
  table: PublishedTable
  /** Of all values; `own`: each series has that of its own settings. */
  variant: string | null | { own: true }
  /** The compared runs with these settings, each with its variant; none: they are of another network, objective or other data. */
  runs: Readonly<Record<string, string | null>>
}

/** Every overlay that the tables of a task give, in their order: of a table with variants one for the series that have them, if there are any, then one for each. */
export function publishedOverlays(
  { tables, fitting }: Pick<PublishedTables, 'tables' | 'fitting'>,
  { task }: OfTask,
): PublishedOverlay[] {
  return tables.flatMap((table) => {
    if (table.task !== task) return []
    const variants = [...new Set(table.rows.map(({ variant }) => variant))]
    const runs = fitting[table.id] ?? {}
    const whole = { key: table.id, title: table.title, table, runs }
    if (variants.length === 1) return [{ ...whole, variant: variants[0]! }]
    const each = variants.map((variant) => ({
      key: `${table.id}/${variant}`,
      title: `${table.title}, ${variant}`,
      table,
      variant,
      runs: Object.fromEntries(Object.entries(runs).filter(([, own]) => own === variant)),
    }))
    return Object.keys(runs).length === 0 ? each : [{ ...whole, variant: { own: true as const } }, ...each]
  })
}

/** The overlay that was chosen, else the one that fits what is compared; null where none fits. */
export function chosenOverlay(
  overlays: readonly PublishedOverlay[],
  { choice, matching }: { choice: string; matching: string | null },
): PublishedOverlay | null {
  const chosen = overlays.find(({ key }) => key === choice)
  return chosen ?? overlays.find(({ key }) => key === matching) ?? null
}

/** The overlay that a reading is asked for, of the runs it is about; null where it is asked for none or none fits. Published values are for budgets in multiply-adds. */
export async function overlayFor(
  of: OfTask,
  {
    runs,
    sources,
    question,
  }: {
    runs: readonly string[]
    sources: ReadingSources
    question: { published: string | null; rule?: string | undefined; cost: CostKind }
  },
): Promise<PublishedOverlay | null> {
  const { published, rule, cost } = question
  if (published === null || cost !== 'macs') return null
  const tables = await sources.published({ runs, rule })
  return chosenOverlay(publishedOverlays(tables, of), { choice: published, matching: tables.matching })
}

/** The overlay with the most regimes to look at; null where there is none. */
export function fullestOverlay(overlays: readonly PublishedOverlay[]): PublishedOverlay | null {
  const regimes = ({ table, variant }: PublishedOverlay) =>
    new Set(table.rows.filter((row) => isOwn(variant) || row.variant === variant).map(({ regime }) => regime)).size
  return overlays.toSorted((a, b) => regimes(b) - regimes(a))[0] ?? null
}

/** A series as tables and figures show it. */
interface OverlaidSeries extends MaybeImported {
  regime: string | null
  look: number | null
  runs: readonly string[]
}

/**
 * What was published at a budget (fraction; null: Unlimited) of a series with the settings of the table; of a table with
 * settings that none of them has, beside the first series of its regime.
 */
export function publishedValue(
  { table, variant, runs }: PublishedOverlay,
  series: OverlaidSeries,
  budget: number | null,
): MeanStd | null {
  if (series.imported) return null
  const own = series.runs.find((run) => run in runs)
  const isBeside = Object.keys(runs).length > 0 ? own !== undefined : series.look === null
  if (!isBeside) return null
  const wanted = isOwn(variant) ? runs[own!] : variant
  const row = table.rows.find((each) => each.regime === series.regime && each.variant === wanted)
  return row?.cells[table.budgets.indexOf(budget)] ?? null
}

/** Whether a published value, of test samples, is for what the series was trained with and read on, so that the two may be subtracted and share an axis. */
export const fitsSeries = ({ runs }: PublishedOverlay, series: OverlaidSeries): boolean =>
  measuredSamples(series) === 'test' && !series.imported && series.runs.some((run) => run in runs)

const isOwn = (variant: PublishedOverlay['variant']) => typeof variant === 'object' && variant !== null

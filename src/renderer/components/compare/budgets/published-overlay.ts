import type { MeanStd } from '../../../../shared/evaluation.ts'
import type { PublishedTable, PublishedTables } from '../../../../shared/published.ts'
import { costAxes } from '../../../../figures/cost-axis.ts'
import type { CostCurveData, PublishedPoint } from '../../../../figures/cost-curve-data.ts'

/** One published value for each regime and budget, to be laid over what was measured. */
export interface PublishedOverlay {
  /** `table-10`, or `table-19/GE` where a table has several rows of a regime. */
  key: string
  title: string
  table: PublishedTable
  variant: string | null
  /** Ids of the compared runs with the settings of the table; none: it is of another network or other data. */
  runs: readonly string[]
}

/** Every overlay that the tables give, in their order: one for each variant of a table. */
export function publishedOverlays({
  tables,
  fitting,
}: Pick<PublishedTables, 'tables' | 'fitting'>): PublishedOverlay[] {
  return tables.flatMap((table) => {
    const variants = [...new Set(table.rows.map(({ variant }) => variant))]
    const alone = variants.length === 1
    return variants.map((variant) => ({
      key: alone || variant === null ? table.id : `${table.id}/${variant}`,
      title: alone || variant === null ? table.title : `${table.title}, ${variant}`,
      table,
      variant,
      runs: fitting[table.id] ?? [],
    }))
  })
}

/** The overlay that was chosen, else the one that fits what is compared; null where it was switched off or none fits. */
export function chosenOverlay(
  overlays: readonly PublishedOverlay[],
  { choice, matching }: { choice: string | null; matching: string | null },
): PublishedOverlay | null {
  if (choice === 'off') return null
  const chosen = overlays.find(({ key }) => key === choice)
  return chosen ?? overlays.find(({ table }) => table.id === matching) ?? null
}

/** The overlay with the most regimes to look at; null where there is none. */
export function fullestOverlay(overlays: readonly PublishedOverlay[]): PublishedOverlay | null {
  const regimes = ({ table, variant }: PublishedOverlay) => table.rows.filter((row) => row.variant === variant).length
  return overlays.toSorted((a, b) => regimes(b) - regimes(a))[0] ?? null
}

/** A series as tables and figures show it. */
interface OverlaidSeries {
  regime: string
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
  const isBeside = runs.length > 0 ? series.runs.some((run) => runs.includes(run)) : series.look === null
  if (!isBeside) return null
  const row = table.rows.find((each) => each.regime === series.regime && each.variant === variant)
  return row?.cells[table.budgets.indexOf(budget)] ?? null
}

/** What was published of each series, at the budgets it was published for. Unlimited has no place on the axis. */
export function publishedPoints({ axis, series }: CostCurveData, overlay: PublishedOverlay): PublishedPoint[] {
  return series.flatMap((each) =>
    overlay.table.budgets.flatMap((budget) => {
      const value = publishedValue(overlay, each, budget)
      if (budget === null || value === null) return []
      const { name, regime, backboneMacs } = each
      const cost = costAxes[axis].valueOf({ macs: budget * backboneMacs, backboneMacs })
      return [{ series: name, regime, cost, accuracy: value.mean }]
    }),
  )
}

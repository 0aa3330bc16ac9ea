import { costAxes } from '../../../../figures/cost-axis.ts'
import type { CostCurveData } from '../../../../figures/cost-curve-data.ts'
import type { PublishedPoint } from '../../../../figures/cost-curve-view.ts'
import { publishedValue } from '../budgets/published-overlay.ts'
import type { PublishedOverlay } from '../budgets/published-overlay.ts'

/** What was published of each regime, at the budgets it was published for. Unlimited has no place on the axis. */
export function publishedPoints({ axis, series }: CostCurveData, overlay: PublishedOverlay): PublishedPoint[] {
  return series.flatMap(({ name, regime, backboneMacs }) =>
    overlay.table.budgets.flatMap((budget) => {
      const value = publishedValue(overlay, regime, budget)
      if (budget === null || value === null) return []
      const cost = costAxes[axis].valueOf({ macs: budget * backboneMacs, backboneMacs })
      return [{ series: name, regime, cost, accuracy: value.mean }]
    }),
  )
}

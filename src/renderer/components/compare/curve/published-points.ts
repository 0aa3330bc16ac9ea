import type { CostCurveData } from '../../../../shared/figures/cost-curve-data.ts'
import type { PublishedPoint } from '../../../../shared/figures/cost-curve-view.ts'
import { publishedValue } from '../budgets/published-overlay.ts'
import type { PublishedOverlay } from '../budgets/published-overlay.ts'

/** What was published of each regime, at the budgets it was published for. Unlimited has no place on the axis. */
export function publishedPoints({ series }: CostCurveData, overlay: PublishedOverlay): PublishedPoint[] {
  return series.flatMap(({ name, regime }) =>
    overlay.table.budgets.flatMap((budget) => {
      const value = publishedValue(overlay, regime, budget)
      return budget === null || value === null ? [] : [{ series: name, regime, cost: budget, accuracy: value.mean }]
    }),
  )
}

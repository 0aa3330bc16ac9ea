import { costAxes } from '../../shared/evaluation/cost-axis.ts'
import { fitsSeries, publishedValue, type PublishedOverlay } from '../published.ts'
import type { CurveAnswer, PublishedPoint } from './schema.ts'

/** What was published of each series that it fits, at the budgets it was published for: values of other data would squash the axis, on which Unlimited has no place. */
export function publishedPoints(
  { axis, series }: Pick<CurveAnswer, 'axis' | 'series'>,
  overlay: PublishedOverlay,
): PublishedPoint[] {
  const fitting = series.filter((each) => fitsSeries(overlay, each))
  return fitting.flatMap((each) =>
    overlay.table.budgets.flatMap((budget) => {
      const value = publishedValue(overlay, each, budget)
      const { name, backboneCost } = each
      if (budget === null || value === null || backboneCost === null) return []
      const cost = costAxes[axis].valueOf({ cost: budget * backboneCost, backboneCost })
      return [{ series: name, cost, value: value.mean }]
    }),
  )
}

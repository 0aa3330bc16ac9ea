import { fixed, percent } from '../format/numbers.ts'
import { pointsOf, type ImportedContent } from './imported.ts'
import { inUnit } from '../methods/metric.ts'
import { extent } from '../statistics/statistics.ts'
import { primaryMetric } from '../methods/task.ts'

/** From the lowest to the highest value, in the unit of its metric, and cost, in % of the backbone's; one where both read the same. Null: it has no costs. */
export function importedRanges(content: ImportedContent, between: string): { values: string; costs: string | null } {
  const { unit, decimals } = primaryMetric(content)
  const points = pointsOf(content)
  const range = (all: readonly number[], text: (value: number) => string) =>
    [...new Set(extent(all).map((value) => text(value)))].join(between)
  const costs = points.flatMap(({ cost }) => (cost === null ? [] : [cost / (content.backboneMacs ?? 1)]))
  return {
    values: range(
      points.map(({ value }) => inUnit({ unit }, value)),
      (value) => fixed(value, decimals - 1),
    ),
    costs: costs.length === 0 ? null : range(costs, (cost) => percent(cost)),
  }
}

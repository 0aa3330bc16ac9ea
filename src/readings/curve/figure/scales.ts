import type { Plot } from '../../../figures/plot.ts'
import { ratioTicks, roundTicks } from '../../../figures/ticks.ts'
import { costAxes, macsText, macsUnit } from '../../../shared/evaluation/cost-axis.ts'
import { unitOf, type CostUnit } from '../../../shared/evaluation/cost-kind.ts'
import { inUnit } from '../../../shared/methods/metric.ts'
import { extent } from '../../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import { shownSeries, type CurveAnswer } from '../schema.ts'
import type { CostCurveView } from './view.ts'

/** Those that are shown; all where none is, so that the axes stay. */
export function drawnSeries(data: CurveAnswer, view: CostCurveView) {
  const shown = shownSeries(data, view)
  return shown.length > 0 ? shown : data.series
}

export function costTicks({ axis, budgets }: CurveAnswer, x: Plot['x'], unit: CostUnit): number[] {
  if (costAxes[axis].absolute) {
    const { size } = macsUnit(x.high, unit)
    const round = x.log ? ratioTicks : roundTicks
    return round(x.low / size, x.high / size, 8).map((tick) => tick * size)
  }
  if (budgets.length >= 2 && budgets.length <= 6) return [...budgets]
  return roundTicks(x.low, x.high, 6)
}

export function tickText({ axis }: CurveAnswer, x: Plot['x'], unit: CostUnit): (cost: number) => string {
  if (!costAxes[axis].absolute) return percent
  const { size } = macsUnit(x.high, unit)
  return (cost) => String(Number((cost / size).toPrecision(6)))
}

export function costTitleOf(data: CurveAnswer, view: CostCurveView): string {
  const unit = unitOf(data, view.unit)
  if (costAxes[data.axis].absolute) return `Inference cost (${macsUnit(rangeOf(data).high, unit).name})`
  const hundred = data.backboneCost === null ? '' : `; 100\u00a0% = ${macsText(data.backboneCost, unit)}`
  return `Inference cost (% of ${data.backboneCost === null ? 'own ' : ''}backbone${hundred})`
}

/** Values of everything that is shown, with a little air. */
export function valuesOf({ task, series, backbones, published = [] }: CurveAnswer): Plot['y'] {
  const names = new Set(series.map(({ name }) => name))
  const points = series.flatMap(({ curve, exits, seeds }) => [curve, exits, ...seeds.map((each) => each.curve)].flat())
  const [lowest, highest] = extent([
    ...[...points, ...backbones].flatMap(({ mean, std }) => [mean - (std ?? 0), mean + (std ?? 0)]),
    ...published.filter((each) => names.has(each.series)).map(({ value }) => value),
  ]) as [number, number]
  const metric = primaryMetric({ task })
  const [least, most] = metric.range.map((end) => inUnit(metric, end)) as [number, number]
  const air = Math.max(0.05 * (highest - lowest), 10 ** (1 - metric.decimals))
  return { low: Math.max(least, lowest - air), high: Math.min(most, highest + air) }
}

export function percent(fraction: number): string {
  return String(Number((100 * fraction).toFixed(1)))
}

/** Ratio of the costs of networks from which on small ones would be squeezed into a corner of an even scale. */
const ratioForLog = 4

/** Everything that the horizontal axis shows, with a little air. */
export function rangeOf({ axis, series, backbones, budgets }: CurveAnswer): Plot['x'] {
  const points = [...series.flatMap(({ curve, exits }) => [...curve, ...exits]), ...backbones]
  const costs = [...points.map(({ cost }) => cost), ...budgets]
  const [lowest, highest] = extent(costs) as [number, number]
  const sizes = series.flatMap(({ backboneCost }) => (backboneCost === null ? [] : [backboneCost]))
  if (costAxes[axis].absolute && Math.max(...sizes) > ratioForLog * Math.min(...sizes)) {
    const ratio = highest / lowest
    return { low: lowest / ratio ** 0.04, high: highest * ratio ** 0.02, log: true }
  }
  return { low: Math.max(0, lowest - 0.04 * (highest - lowest)), high: highest + 0.02 * (highest - lowest) }
}

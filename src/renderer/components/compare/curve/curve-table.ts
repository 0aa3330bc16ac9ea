import { costAxes } from '../../../../shared/cost-axis.ts'
import type { CostCurveData } from '../../../../shared/cost-curve-data.ts'
import { withUnit } from '../../../../shared/metric.ts'
import { measuredMetric, seriesTitle } from '../../../../shared/table-words.ts'
import { primaryMetric } from '../../../../shared/task.ts'
import { count, fixed, percent } from '../../../../shared/format/numbers.ts'

/** What the figure of a metric against cost draws, as a table: the bare backbone, single exits, then the points of each curve. */
export function curveTable({ task, latency, axis, series, backbones }: CostCurveData) {
  const { absolute } = costAxes[axis]
  const metric = primaryMetric({ task })
  const point = (
    what: string,
    name: string,
    { cost, mean, std }: { cost: number; mean: number; std: number | null },
  ) => [name, what, absolute ? (latency === undefined ? count(cost) : fixed(cost, 3)) : percent(cost, 2), fixed(mean, metric.decimals), std === null ? null : fixed(std, metric.decimals)] // prettier-ignore
  const exitName = (exit: number, count: number) => (exit === count - 1 ? 'final exit' : `exit ${exit}`)
  return {
    columns: [
      { title: seriesTitle(series) },
      { title: 'Point' },
      {
        title: absolute ? `Cost (${latency === undefined ? 'multiply-adds' : 'ms'})` : 'Cost (% of backbone)',
        numeric: true,
      },
      { title: withUnit(measuredMetric(series, metric), metric), numeric: true },
      { title: '± std', numeric: true },
    ],
    rows: [
      ...backbones.map((each) => point('bare backbone', backbones.length === 1 ? '–' : each.experiment, each)),
      ...series.flatMap(({ name, exits }) => exits.map((each, e) => point(exitName(e, exits.length), name, each))),
      ...series.flatMap(({ name, curve }) => curve.map((each) => point('threshold curve', name, each))),
    ],
  }
}

import type { z } from 'zod'
import { costAxes } from '../../shared/evaluation/cost-axis.ts'
import { measuredCost, unitOf } from '../../shared/evaluation/cost-kind.ts'
import { exitAt, exitName } from '../../shared/evaluation/exit-id.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import { meanCell, numberCell, type Table, type TableCell, type TableRow } from '../../shared/tables/table.ts'
import { measuredMetric, ofCompared, seriesTitle } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { seriesMark } from '../series-mark.ts'
import { shownSeries, type CostCurveSeries, type CostPoint, type CurveAnswer, type curveQuestion } from './schema.ts'

/** What the figure of a metric against cost draws, point by point: bare backbones, then of each series its single exits and its curve. */
export function table(
  answer: CurveAnswer,
  { hidden, unit }: Pick<z.output<typeof curveQuestion>, 'hidden' | 'unit'>,
): Table {
  const metric = primaryMetric(answer)
  const series = shownSeries(answer, { hidden })
  const cost = costColumn(answer, unit)
  const title = withUnit(measuredMetric(series, metric), metric)
  const cellsOf = (point: CostPoint) => [
    numberCell(cost.of(point.cost), cost.decimals),
    meanCell(point, metric.decimals),
  ]
  return {
    name: comparisonStem(answer.series, 'curve'),
    caption: `${title} against mean inference cost${ofCompared(series)}: bare backbones, single exits, and the threshold curve of each series. ${answer.note.replace(/\.?$/, '.')}`,
    keys: ['experiment', 'series', 'point', 'number'].map((name) => ({ name })),
    heads: [
      { title: seriesTitle(series), align: 'left' },
      { title: 'Point', align: 'left' },
    ],
    dimensions: ['quantity'],
    measures: [
      { name: 'value', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: [
      { ids: ['cost'], place: cost.place, name: cost.title, title: cost.title, kind: 'number' },
      { ids: [metric.name], name: title, title, kind: 'number' },
    ],
    blocks: [
      {
        title: null,
        rows: [
          ...answer.backbones.map((point) => ({
            keys: [point.experiment, point.name, 'backbone', null],
            heads: [point.name, 'bare backbone'],
            cells: cellsOf(point),
          })),
          ...series.flatMap((each) => seriesRows(each, cellsOf)),
        ],
      },
    ],
  }
}

function seriesRows(series: CostCurveSeries, cellsOf: (point: CostPoint) => (TableCell | null)[]): TableRow[] {
  const { experiment, name, exits, curve } = series
  const row = (kind: string, words: (index: number) => string) => (point: CostPoint, index: number) => ({
    keys: [experiment, name, kind, index],
    heads: [name, words(index)],
    series: seriesMark(series),
    cells: cellsOf(point),
  })
  return [
    ...exits.map(row('exit', (exit) => exitName(exitAt(exit, exits.length - 1)))),
    ...curve.map(row('threshold curve', () => 'threshold curve')),
  ]
}

function costColumn(answer: CurveAnswer, preferred: 'macs' | 'flops') {
  if (!costAxes[answer.axis].absolute)
    return { title: 'Cost (% of backbone)', place: 'cost_percent', decimals: 2, of: (cost: number) => 100 * cost }
  const unit = unitOf(answer, preferred)
  const measured = measuredCost(unit)
  if (measured)
    return { title: `Cost (${measured.unit})`, place: measured.name, decimals: 3, of: (cost: number) => cost }
  const perMac = unit === 'flops' ? 2 : 1
  return {
    title: `Cost (${unit === 'flops' ? 'FLOPs' : 'multiply-adds'})`,
    place: unit,
    decimals: 0,
    of: (cost: number) => perMac * cost,
  }
}

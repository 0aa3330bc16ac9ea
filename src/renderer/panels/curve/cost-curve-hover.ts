import type { Metric } from '../../../shared/methods/metric.ts'
import { primaryMetric, type OfTask } from '../../../shared/methods/task.ts'
import { budgetPoints, type CostCurveSeries, type CostPoint } from '../../../readings/curve/schema.ts'
import { pixelX, pixelY, valueAtX } from '../../../figures/plot.ts'
import type { Plot } from '../../../figures/plot.ts'

export interface Pixel {
  x: number
  y: number
}

/** The element under the pointer. */
export interface CostCurveHover {
  /** On the axis of the figure. */
  cost: number
  /** The regime that the pointer is closest to; null where none is near. */
  nearest: CostCurveSeries | null
  /** Index of the exit of the nearest regime under the pointer. */
  exit: number | null
  /** What each regime reaches within this cost, best first. */
  values: { series: CostCurveSeries; point: CostPoint }[]
}

/** Pixels within which a line or a dot counts as pointed at. */
const reach = 24
const dotReach = 8

/** null outside of the plot. */
export function costCurveHover(
  { series, task }: { series: readonly CostCurveSeries[] } & OfTask,
  plot: Plot,
  at: Pixel,
): CostCurveHover | null {
  const { left, right, top, bottom } = plot
  if (at.x < left || at.x > right || at.y < top || at.y > bottom) return null
  const cost = valueAtX(plot, at.x)
  const pointed = nearestDot(series, plot, at) ?? nearestLine(series, plot, at)
  const values = valuesAt(series, cost, primaryMetric({ task }))
  return { cost, nearest: pointed?.series ?? null, exit: pointed?.exit ?? null, values }
}

/** The most expensive point that fits a cost: no interpolation, as budgets are read. */
function pointWithin(series: CostCurveSeries, cost: number): CostPoint | null {
  return budgetPoints(series).findLast((point) => point.cost <= cost) ?? null
}

function valuesAt(series: readonly CostCurveSeries[], cost: number, metric: Metric): CostCurveHover['values'] {
  const sign = metric.higherIsBetter ? -1 : 1
  return series
    .flatMap((each) => {
      const point = pointWithin(each, cost)
      return point ? [{ series: each, point }] : []
    })
    .sort((a, b) => sign * (a.point.mean - b.point.mean))
}

interface Pointed {
  series: CostCurveSeries
  exit: number | null
  distance: number
}

function nearestDot(series: readonly CostCurveSeries[], plot: Plot, at: Pixel): Pointed | null {
  const dots = series.flatMap((each) =>
    each.exits.map((point, exit) => ({ series: each, exit, distance: distance(at, pixelOf(plot, point)) })),
  )
  return nearest(dots, dotReach)
}

function nearestLine(series: readonly CostCurveSeries[], plot: Plot, at: Pixel): Pointed | null {
  const lines = series.map((each) => ({ series: each, exit: null, distance: distanceToLine(each.curve, plot, at) }))
  return nearest(lines, reach)
}

function nearest(pointed: readonly Pointed[], within: number): Pointed | null {
  const first = [...pointed].sort((a, b) => a.distance - b.distance)[0]
  return first && first.distance <= within ? first : null
}

function distanceToLine(curve: readonly CostPoint[], plot: Plot, at: Pixel): number {
  const pixels = curve.map((point) => pixelOf(plot, point))
  const first = pixels[0]
  if (!first) return Infinity
  return pixels
    .slice(1)
    .reduce((least, pixel, i) => Math.min(least, distanceToSegment(at, pixels[i]!, pixel)), distance(at, first))
}

function distanceToSegment(at: Pixel, from: Pixel, to: Pixel): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - from.x) * dx + (at.y - from.y) * dy) / length))
  return distance(at, { x: from.x + share * dx, y: from.y + share * dy })
}

const pixelOf = (plot: Plot, { cost, mean }: CostPoint): Pixel => ({ x: pixelX(plot, cost), y: pixelY(plot, mean) })

const distance = (a: Pixel, b: Pixel): number => Math.hypot(a.x - b.x, a.y - b.y)

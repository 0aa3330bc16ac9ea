import type { CurveAxis } from '../../../readings/given.ts'
import type { CurveOf } from '../../store/epochs.ts'
import { metricOf, type MetricName } from '../../../shared/methods/task.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'

interface CurvesQuery extends Omit<CurveOf, 'metric'> {
  /** Of the task of each run; undefined: its primary one. */
  metric?: MetricName | undefined
  x: CurveAxis
  /** Points of a run at most; default: all. */
  points?: number | undefined
}

/** x and value of each point, one point after the other: arrays of half a million pairs would take longer to make than to read. */
type Points = Float64Array

/**
 * One metric of many runs over their epochs, steps or seconds of training, which are counted over all phases of a run: the number of
 * points of each run, and pairs (x, value), run after run.
 */
export function runCurves(store: Store, runs: readonly RunRow[], { points = Infinity, ...of }: CurvesQuery) {
  // Phases are shared between runs, and their curves with them.
  const known = new Map<string, Points>()
  const curves = runs.map(({ id }) => thinned(curveOf(store, store.phases.chain(id), { ...of, known }), points))
  const values = new Float32Array(curves.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const curve of curves) {
    values.set(curve, at)
    at += curve.length
  }
  return { series: curves.map(({ length }, index) => ({ run: runs[index]!.id, points: length / 2 })), values }
}

interface ChainQuery extends Omit<CurvesQuery, 'points'> {
  known: Map<string, Points>
}

/** Empty where the steps of one of the phases are not known. */
function curveOf(store: Store, chain: readonly PhaseRow[], { known, x, metric, ...of }: ChainQuery): Points {
  if (x === 'step' && chain.some(({ epochs, batchesPerEpoch }) => epochs > 0 && batchesPerEpoch === null))
    return new Float64Array()
  const parts = chain.map((phase) => {
    const read = () => store.epochs.curve(phase.id, { ...of, metric: metricOf(phase.definition.network, metric).name })
    const points = known.get(phase.id) ?? read()
    known.set(phase.id, points)
    return { points, places: placesOf(store, phase, x), end: phase.epochs }
  })
  const curve = new Float64Array(parts.reduce((sum, { points }) => sum + points.length, 0))
  let [start, next] = [0, 0]
  for (const { points, places, end } of parts) {
    for (let at = 0; at < points.length; at += 2) {
      curve[next++] = start + places(points[at]!)
      curve[next++] = points[at + 1]!
    }
    start += places(end)
  }
  return curve
}

/** Position on the axis of the end of an epoch, from the start of its phase. */
function placesOf(store: Store, { id, batchesPerEpoch }: PhaseRow, x: CurveAxis): (epoch: number) => number {
  if (x === 'epoch') return (epoch) => epoch
  if (x === 'step') return (epoch) => epoch * (batchesPerEpoch ?? 0)
  let total = 0
  const ends = store.epochs.secondsOf(id).map((seconds) => (total += seconds))
  return (epoch) => ends[epoch - 1] ?? total
}

/** At most `most` points: of each of `most / 2` stretches the lowest and the highest, so that no peak is lost. */
function thinned(curve: Points, most: number): ArrayLike<number> {
  const count = curve.length / 2
  if (count <= most) return curve
  const stretches = Math.floor(most / 2)
  const kept: number[] = []
  for (let index = 0; index < stretches; index++) {
    const from = Math.floor((index * count) / stretches)
    const to = Math.floor(((index + 1) * count) / stretches)
    for (const point of extremes(curve, from, to)) kept.push(curve[2 * point]!, curve[2 * point + 1]!)
  }
  return kept
}

/** The lowest and the highest of the points from … to − 1, in their order. */
function extremes(curve: Points, from: number, to: number): number[] {
  let [lowest, highest] = [from, from]
  for (let point = from + 1; point < to; point++) {
    if (curve[2 * point + 1]! < curve[2 * lowest + 1]!) lowest = point
    if (curve[2 * point + 1]! > curve[2 * highest + 1]!) highest = point
  }
  return lowest === highest ? [lowest] : [Math.min(lowest, highest), Math.max(lowest, highest)]
}

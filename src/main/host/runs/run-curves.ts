import type { CurveAxis } from '../../../figures/training-curves-data.ts'
import type { CurveOf } from '../../store/epochs.ts'
import { metricOf, type MetricName } from '../../../shared/task.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'

export interface RunCurves {
  /** Number of points of each run. */
  series: { run: string; points: number }[]
  /** Pairs (x, value), run after run; x is counted over all phases of a run. */
  values: Float32Array<ArrayBuffer>
}

export interface CurvesQuery extends Omit<CurveOf, 'metric'> {
  /** Of the task of each run; undefined: its primary one. */
  metric?: MetricName | undefined
  x: CurveAxis
  /** Points of a run at most. */
  points: number
}

type Point = [x: number, value: number]

/** One metric of many runs over their epochs, steps or seconds of training. */
export function runCurves(store: Store, runs: readonly RunRow[], { points, ...of }: CurvesQuery): RunCurves {
  // Phases are shared between runs, and their curves with them.
  const known = new Map<string, Point[]>()
  const curves = runs.map(({ id }) => thinned(curveOf(store, store.phases.chain(id), { ...of, known }), points))
  return {
    series: curves.map((curve, index) => ({ run: runs[index]!.id, points: curve.length })),
    values: Float32Array.from(curves.flat(2)),
  }
}

interface ChainQuery extends Omit<CurvesQuery, 'points'> {
  known: Map<string, Point[]>
}

/** Empty where the steps of one of the phases are not known. */
function curveOf(store: Store, chain: readonly PhaseRow[], { known, x, metric, ...of }: ChainQuery): Point[] {
  if (x === 'step' && chain.some(({ epochs, batchesPerEpoch }) => epochs > 0 && batchesPerEpoch === null)) return []
  let before = 0
  return chain.flatMap((phase) => {
    const start = before
    const places = placesOf(store, phase, x)
    before += places(phase.epochs)
    const points =
      known.get(phase.id) ??
      store.epochs.curve(phase.id, { ...of, metric: metricOf(phase.definition.network, metric).name })
    known.set(phase.id, points)
    return points.map(([epoch, value]): Point => [start + places(epoch), value])
  })
}

/** Position on the axis of the end of an epoch, from the start of its phase. */
function placesOf(store: Store, { id, batchesPerEpoch }: PhaseRow, x: CurveAxis): (epoch: number) => number {
  if (x === 'epoch') return (epoch) => epoch
  if (x === 'step') return (epoch) => epoch * (batchesPerEpoch ?? 0)
  let total = 0
  const ends = store.epochs.after(id, 0).map(({ seconds }) => (total += seconds))
  return (epoch) => ends[epoch - 1] ?? total
}

/** At most `most` points: of each of `most / 2` stretches the lowest and the highest, so that no peak is lost. */
function thinned(curve: Point[], most: number): Point[] {
  if (curve.length <= most) return curve
  const stretches = Math.floor(most / 2)
  const kept: Point[] = []
  for (let index = 0; index < stretches; index++) {
    const from = Math.floor((index * curve.length) / stretches)
    const to = Math.floor(((index + 1) * curve.length) / stretches)
    kept.push(...extremes(curve, from, to))
  }
  return kept
}

/** The lowest and the highest of the points from … to − 1, in their order. */
function extremes(curve: readonly Point[], from: number, to: number): Point[] {
  let [lowest, highest] = [from, from]
  for (let index = from + 1; index < to; index++) {
    if (curve[index]![1] < curve[lowest]![1]) lowest = index
    if (curve[index]![1] > curve[highest]![1]) highest = index
  }
  if (lowest === highest) return [curve[lowest]!]
  return [curve[Math.min(lowest, highest)]!, curve[Math.max(lowest, highest)]!]
}

import type { CurveAxis, CurveImport, CurveRun, RunCurve } from '../given.ts'
import { exitName, type ExitId } from '../../shared/evaluation/exit-id.ts'
import { inUnit } from '../../shared/methods/metric.ts'
import { metricOf, type MetricName, type NamedMetric } from '../../shared/methods/task.ts'
import { plural } from '../../shared/format/numbers.ts'
import { standsAlone } from '../../shared/runs/imported.ts'
import { plainText } from '../../shared/text/plain-text.ts'
import { mean, standardDeviation } from '../../shared/statistics/statistics.ts'

/** Grouping of lines by colour. */
export const curveGroups = ['regime', 'seed', 'experiment'] as const
type CurveGroup = (typeof curveGroups)[number]

export interface TrainingCurvesChoice {
  /** Of the task of the runs; undefined: its primary one. */
  metric?: MetricName | undefined
  split: 'train' | 'validation'
  exit: ExitId
  x: CurveAxis
  by: CurveGroup
  /** A line for each run, or the mean over seeds with ±1 standard deviation. */
  seeds: 'each' | 'mean'
  /** Weight of the past in an exponential moving average, 0 (none) … 0.99. */
  smoothing: number
  /** Of the vertical axis. */
  scale: 'linear' | 'log'
}

export interface TrainingLine {
  name: string
  /** Its colour: the index of its group, in the order of `groups`. */
  group: number
  regime: CurveRun['regime']
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
  /** In the metric's unit. `std` over seeds, null for one run. */
  points: { x: number; value: number; std: number | null }[]
}

export interface TrainingCurvesData extends Omit<TrainingCurvesChoice, 'metric'> {
  metric: NamedMetric
  groups: string[]
  lines: TrainingLine[]
  /** Displayed data, in one line. */
  note: string
  /** Those of the curves that were imported. */
  imported: (CurveImport & { name: string })[]
}

/** Curves of runs of one task for drawing: smoothed, averaged over seeds if requested, and named. */
export function trainingCurvesData(curves: readonly RunCurve[], choice: TrainingCurvesChoice): TrainingCurvesData {
  const shown = curves.filter(({ points }) => points.length > 0)
  const series = choice.seeds === 'mean' ? seriesOf(shown) : shown.map((curve) => [curve])
  const groups = [...new Set(shown.map(({ run }) => groupOf(run, choice.by)))]
  const own = shown.filter(({ run }) => !run.imported)
  const severalExperiments = new Set(own.map(({ run }) => run.experimentId)).size > 1
  const metric = metricOf(curves[0]?.run ?? {}, choice.metric)
  const lines = series.map((members): TrainingLine => {
    const { run } = members[0]!
    return {
      name: nameOf(members, { seeds: choice.seeds, severalExperiments }),
      group: groups.indexOf(groupOf(run, choice.by)),
      regime: run.regime,
      look: run.look,
      points: smoothed(meanCurve(members, metric), choice.smoothing),
    }
  })
  const imported = shown.flatMap(({ run }) => (run.imported ? [{ name: run.name, ...run.imported }] : []))
  return { ...choice, metric, groups, lines, note: noteOf(choice, shown), imported }
}

function groupOf({ series, seed, experiment }: CurveRun, by: CurveGroup): string {
  return { regime: series, seed: `seed ${seed}`, experiment: plainText(experiment, 36) }[by]
}

/** Runs that differ in nothing but their seed. */
function seriesOf(curves: readonly RunCurve[]): RunCurve[][] {
  return [...Map.groupBy(curves, ({ run }) => `${run.experimentId} ${run.series}`).values()]
}

function nameOf(
  members: readonly RunCurve[],
  { seeds, severalExperiments }: { seeds: 'each' | 'mean'; severalExperiments: boolean },
): string {
  const { run } = members[0]!
  const { series, seed, experiment } = run
  const words = [
    series,
    ...(severalExperiments && !standsAlone(run) ? [plainText(experiment, 24)] : []),
    seeds === 'mean' ? `n = ${members.length}` : `seed ${seed}`,
  ]
  return words.join(', ')
}

/** Point by point, as far as all seeds reach: where one has stopped early, a mean would jump. */
function meanCurve(members: readonly RunCurve[], metric: NamedMetric): TrainingLine['points'] {
  const length = Math.min(...members.map(({ points }) => points.length))
  return Array.from({ length }, (_, index) => {
    const values = members.map(({ points }) => inUnit(metric, points[index]![1]))
    return {
      x: mean(members.map(({ points }) => points[index]![0])),
      value: mean(values),
      std: members.length > 1 ? standardDeviation(values) : null,
    }
  })
}

/** `s_t = w·s_{t−1} + (1 − w)·x_t`, divided by `1 − w^t` so that it does not begin at 0. */
function smoothed(points: TrainingLine['points'], weight: number): TrainingLine['points'] {
  if (weight === 0) return points
  let [average, deviation, share] = [0, 0, 1]
  return points.map(({ x, value, std }) => {
    average = weight * average + (1 - weight) * value
    deviation = weight * deviation + (1 - weight) * (std ?? 0)
    share *= weight
    return { x, value: average / (1 - share), std: std === null ? null : deviation / (1 - share) }
  })
}

function noteOf({ exit, smoothing, seeds }: TrainingCurvesChoice, curves: readonly RunCurve[]): string {
  const experiments = [...new Set(curves.map(({ run }) => plainText(run.experiment, 36)))]
  return [
    experiments.length > 3 ? `${experiments.length} experiments` : experiments.join(', '),
    exit === 'final' ? 'final classifier' : exitName(exit),
    seeds === 'mean' ? 'mean ± 1 std over seeds, up to the last epoch of all' : countOf(curves),
    ...(smoothing > 0 ? [`smoothed, weight ${smoothing}`] : []),
  ].join(' · ')
}

/** `3 runs`, `3 runs, 2 imported` */
function countOf(curves: readonly RunCurve[]): string {
  const imported = curves.filter(({ run }) => run.imported).length
  const own = curves.length - imported
  return [own > 0 ? plural(own, 'run') : '', imported > 0 ? `${imported} imported` : ''].filter(Boolean).join(', ')
}

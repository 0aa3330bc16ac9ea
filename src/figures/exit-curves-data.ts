import { exitAt, exitIndex, exitName } from '../shared/evaluation/exit-id.ts'
import { inUnit, withUnit, type Metric } from '../shared/methods/metric.ts'
import type { EpochMetric, PhaseDetail } from '../shared/runs/runs.ts'
import type { NamedMetric } from '../shared/methods/task.ts'
import type { CurveQuantity, ExitCurvesData } from './exit-curves.ts'

/** A phase as far as its curves need it. */
export type CurvePhase = Pick<PhaseDetail, 'id' | 'name' | 'keptEpoch' | 'epochs'>

interface ExitCurvesChoice {
  /** The run's phases in order. */
  chain: readonly CurvePhase[]
  /** Positions in the chain of the phases that are shown, adjacent and ascending. */
  shown: readonly number[]
  /** Metrics of each shown phase by its id. */
  metrics: ReadonlyMap<string, readonly EpochMetric[]>
  /** Exits of the network, the final classifier included. */
  exitCount: number
  metric: NamedMetric
  split: 'train' | 'validation'
}

/** Data of one or several phases; epochs of several are counted from the first one shown. */
export function exitCurvesData({ chain, shown, metrics, ...choice }: ExitCurvesChoice): ExitCurvesData {
  const { exitCount, metric, split } = choice
  const starts = startsOf(shown.map((position) => chain[position]!.epochs))
  const points = Array.from({ length: exitCount }, (): { epoch: number; value: number }[] => [])
  shown.forEach((position, index) => {
    const phase = chain[position]!
    for (const each of metrics.get(phase.id) ?? []) {
      const value = each.values[metric.name] ?? NaN
      if (each.split !== split || !Number.isFinite(value)) continue
      const point = { epoch: starts[index]! + each.epoch, value: inUnit(metric, value) }
      points[exitIndex(each.exit, exitCount - 1)!]!.push(point)
    }
  })
  const last = chain[shown.at(-1)!]!
  return {
    quantity: metricQuantity(metric, split),
    phase: phasePhrase(chain, shown),
    keptEpoch: last.keptEpoch === null ? null : starts.at(-1)! + last.keptEpoch,
    exitCount,
    phases: shown.map((position, index) => ({ name: chain[position]!.name, after: starts[index]! })),
    exits: points
      .map((of, exit) => ({ exit, label: exitLabel(exit, exitCount), points: of }))
      .filter((exit) => exit.points.length > 0),
  }
}

function metricQuantity(metric: Metric, split: 'train' | 'validation'): CurveQuantity {
  const of = split === 'train' ? 'Training' : 'Validation'
  const { noun, unit, decimals, range } = metric
  const [lowest, highest] = range.map((end) => inUnit(metric, end)) as [number, number]
  return {
    title: withUnit(`${of} ${noun}`, metric),
    unit: unit === '%' ? unit : '',
    decimals: decimals - 1,
    lowest,
    range: [lowest, Number.isFinite(highest) ? highest : lowest + 1],
  }
}

/** `exit 3`, or `final` for the final classifier. */
export function exitLabel(exit: number, exitCount: number): string {
  return exitName(exitAt(exit, exitCount - 1))
}

function startsOf(lengths: readonly number[]): number[] {
  return lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0))
}

/** Which epochs are counted: `phase 2 of 2: all exits`, `all phases`. */
export function phasePhrase(chain: readonly Pick<CurvePhase, 'name'>[], shown: readonly number[]): string {
  if (shown.length > 1) return shown.length === chain.length ? 'all phases' : `${shown.length} phases`
  const [position] = shown
  const { name } = chain[position!]!
  return chain.length === 1 ? name : `phase ${position! + 1} of ${chain.length}: ${name}`
}

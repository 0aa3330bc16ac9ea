import type { ModeConnectivityResult } from './schema.ts'
import type { MeanStd } from '../../../shared/evaluation/evaluation.ts'
import { exitLabel } from '../../../figures/exit-curves-data.ts'
import { mean, meanStd } from '../../../shared/statistics/statistics.ts'
import type { PathKind, PathMetric, PathSplit, RunPair } from './pairs.ts'

/** Quantities of a path. */
export interface ProfileReading {
  path: PathKind
  metric: PathMetric
  split: PathSplit
}

/** One exit, or the mean of the exits, along a path: over seeds where there are several. Loss in nats, accuracy in %. */
export interface PathLine {
  /** At each place. */
  values: readonly MeanStd[]
  /** Maximum increase (for accuracy: decrease) from the straight line between the ends. */
  barrier: MeanStd
  /** The place where that is, of the line that is drawn. */
  peak: number
}

export interface PathProfile {
  /** λ of the places that have been measured with every seed. */
  lambdas: readonly number[]
  exits: readonly PathLine[]
  /** Of the mean of the exits. */
  mean: PathLine
}

/** A pair's path for drawing; null if not measured. */
export function pathProfile({ members }: RunPair, reading: ProfileReading): PathProfile | null {
  const results = members.map(({ result }) => result)
  if (results.some((result) => !result[reading.path]?.[reading.split])) return null
  const lambdas = commonLambdas(results)
  const paths = results.map((result) => pathValues(result, reading, lambdas))
  const exitCount = paths[0]![0]!.length
  const lineOf = (valueOf: (exits: readonly number[]) => number) =>
    pathLine(
      lambdas,
      paths.map((places) => places.map(valueOf)),
      reading.metric,
    )
  return {
    lambdas,
    exits: Array.from({ length: exitCount }, (_, exit) => lineOf((exits) => exits[exit]!)),
    mean: lineOf(mean),
  }
}

/** Values of the exits at each of the places. */
function pathValues(
  result: ModeConnectivityResult,
  { path, metric, split }: ProfileReading,
  lambdas: readonly number[],
) {
  const { losses, accuracies } = result[path]![split]!
  const values = metric === 'loss' ? losses : accuracies.map((exits) => exits.map((accuracy) => 100 * accuracy))
  return lambdas.map((lambda) => values[result.lambdas.indexOf(lambda)]!)
}

/** Paths that are still being measured have places of their own. */
function commonLambdas(results: readonly ModeConnectivityResult[]): number[] {
  const [first, ...others] = results
  return first!.lambdas.filter((lambda) => others.every(({ lambdas }) => lambdas.includes(lambda)))
}

/** `lines`: one a seed. */
function pathLine(lambdas: readonly number[], lines: readonly number[][], metric: PathMetric): PathLine {
  const values = lambdas.map((_, place) => meanStd(lines.map((line) => line[place]!)))
  const rises = risesAbove(
    lambdas,
    values.map((value) => value.mean),
    metric,
  )
  return {
    values,
    barrier: meanStd(lines.map((line) => Math.max(0, ...risesAbove(lambdas, line, metric)))),
    peak: rises.indexOf(Math.max(...rises)),
  }
}

/** L(λ) − ((1 − λ) L(0) + λ L(1)) at each place; of accuracy, how far it is below that line. */
function risesAbove(lambdas: readonly number[], line: readonly number[], metric: PathMetric): number[] {
  const [start, end] = [line[0]!, line.at(-1)!]
  const sign = metric === 'loss' ? 1 : -1
  return line.map((value, place) => sign * (value - ((1 - lambdas[place]!) * start + lambdas[place]! * end)))
}

/** Decimals of a value of a path: nats, or points of accuracy. */
export function pathDecimals(metric: PathMetric): number {
  return metric === 'loss' ? 2 : 1
}

/** `0.91`, with several seeds `0.91 ± 0.05`; in % of accuracy `12.5`. */
export function meanStdText({ mean, std }: MeanStd, decimals: number): string {
  return std === null ? mean.toFixed(decimals) : `${mean.toFixed(decimals)} ± ${std.toFixed(decimals)}`
}

/** `barrier 0.91`; of accuracy `drop 12.5`. */
export function barrierText({ barrier }: Pick<PathLine, 'barrier'>, metric: PathMetric): string {
  return `${metric === 'loss' ? 'barrier' : 'drop'} ${meanStdText(barrier, pathDecimals(metric))}`
}

/** `test loss (nats)` */
export function quantityText(metric: PathMetric, split: PathSplit): string {
  return metric === 'loss' ? `${split} loss (nats)` : `${split} accuracy (%)`
}

/** `exit 3`, or `final`, or `mean` for null. */
export function lineName(exit: number | null, exitCount: number): string {
  return exit === null ? 'mean' : exitLabel(exit, exitCount)
}

import type { PathLine } from './profile.ts'
import type { PathMetric, PathSplit } from './pairs.ts'
import type { MeanStd } from '../../shared/evaluation.ts'

/** Decimals of what is read off a path: nats, or points of accuracy. */
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
  if (exit === null) return 'mean'
  return exit === exitCount - 1 ? 'final' : `exit ${exit}`
}

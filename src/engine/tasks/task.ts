import type { Targets } from '../../shared/evaluation/evaluation.ts'
import type { MetricValues } from '../../shared/methods/metric.ts'
import type { TaskInfo } from '../../shared/methods/task.ts'
import type { Tensor } from '../tf.ts'

/** Learning problem of a network: the loss of its exits, and their metrics. */
export interface Task {
  info: TaskInfo
  /** What targets of an evaluation are: classes or values. */
  targets: Int32ArrayConstructor | Float32ArrayConstructor
  /** Loss of each sample, [batch]; differentiable in the output. output: of an exit; targets: as in a training batch. */
  lossOf(output: Tensor, targets: Tensor): Tensor
  /** Names of the sums over an epoch, exit by exit; the first is the sum of the losses. */
  sums: readonly ['lossSums', ...string[]]
  /** Given the targets of a batch, a function from an exit's output and losses to what the batch adds to each of `sums`, scalars. */
  batchSums(targets: Tensor): (output: Tensor, losses: Tensor) => Tensor[]
  /** An exit's metrics from its `sums` over `count` training samples, including the loss; metrics that cannot be computed from sums are left out. */
  metricsOf(sums: Readonly<Record<string, number>>, count: number): MetricValues
  /** A meter for exits with `width` outputs a sample. */
  createMeter(shape: { exitCount: number; width: number }): Meter
}

/** Metrics of exits over a split whose outputs arrive in batches. */
interface Meter {
  /** outputs: [exits, at least as many samples as targets, width] */
  add(outputs: Float32Array, targets: Targets): void
  /** By metric, for each exit. */
  values(): MetricValues[]
}

import type { ExitOutputs } from '../../shared/evaluation/evaluation.ts'
import type { PredictedValues } from '../../shared/evaluation/predicted-values.ts'
import { mean } from '../../shared/statistics/statistics.ts'
import { pearson, spearman } from './correlation.ts'

/** Predictions [exits, samples] and values [samples] of a regression. */
export type ValueOutputs = Pick<ExitOutputs, 'exitCount' | 'sampleCount' | 'logits' | 'targets'>

/** Points of a figure, at most. */
const mostPoints = 2000

/** Predictions of an exit beside the values, of every n-th sample where there are many, and metrics of every exit over all: O(K·N·log N). */
export function predictedValuesOf(
  outputs: ValueOutputs,
  { exit, exitBlocks }: { exit: number; exitBlocks: readonly (number | null)[] },
): Omit<PredictedValues, 'run'> {
  const { sampleCount, targets } = outputs
  const every = Math.max(1, Math.ceil(sampleCount / mostPoints))
  const shown = (all: ArrayLike<number>) => Array.from(all).filter((_, sample) => sample % every === 0)
  return {
    exit,
    sampleCount,
    every,
    values: shown(targets),
    predictions: shown(rowOf(outputs, exit)),
    exits: exitBlocks.map((block, each) => ({ exit: each, block, ...metricsOf(rowOf(outputs, each), targets) })),
  }
}

function metricsOf(predictions: Float32Array, values: ArrayLike<number>) {
  const errors = Array.from(predictions, (prediction, sample) => prediction - values[sample]!)
  return {
    mse: mean(errors.map((error) => error ** 2)),
    bias: mean(errors),
    pearson: pearson(predictions, values),
    spearman: spearman(predictions, values),
  }
}

const rowOf = ({ sampleCount, logits }: ValueOutputs, exit: number) =>
  logits.subarray(exit * sampleCount, (exit + 1) * sampleCount)

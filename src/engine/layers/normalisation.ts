import type { Tensor } from '../tf.ts'
import { batchNormInference, batchNormTraining, layerNorm as layerNormOf, tf } from '../tf.ts'
import { ones, zeros } from './initialisers.ts'
import type { AxisUnits, ForwardContext, Layer } from './layer.ts'
import { elements, parameter } from './parameter.ts'

/** PyTorch's: added to the variance; weight of the newest batch in the running statistics. */
const batchNormEpsilon = 1e-5
const batchNormMomentum = 0.1

/**
 * Batch normalisation over the channels of [height, width, channels] (Ioffe and Szegedy 2015), as PyTorch does it: in training
 * mode by the batch's mean and biased variance, while the running statistics move by 0.1 towards mean and *unbiased* variance;
 * in evaluation mode by the running statistics, which then stay.
 */
export function batchNorm(name: string, shape: readonly number[], units?: AxisUnits): Layer {
  const array = (part: string, kind: 'parameter' | 'buffer', init: typeof zeros) =>
    parameter(`${name}.${part}`, { shape: [shape.at(-1)!], init, kind, role: 'norm', units: [units] })
  const scale = array('weight', 'parameter', ones)
  const offset = array('bias', 'parameter', zeros)
  const mean = array('running_mean', 'buffer', zeros)
  const variance = array('running_var', 'buffer', ones)
  return {
    parameters: [scale, offset, mean, variance],
    outputShape: shape,
    operations: [{ module: name, kind: 'batch-norm', sizes: { elements: elements(shape) } }],
    apply(context, input) {
      const affine = { scale: context.value(scale.name), offset: context.value(offset.name) }
      if (!context.training(mean.name)) {
        const running = { mean: context.value(mean.name), variance: context.value(variance.name) }
        return batchNormInference(input, { ...affine, ...running, epsilon: batchNormEpsilon })
      }
      const batch = batchNormTraining(input, { ...affine, epsilon: batchNormEpsilon })
      moveStatistic(context, mean.name, batch.mean)
      moveStatistic(context, variance.name, batch.variance)
      return batch.output
    },
  }
}

/**
 * What a batch norm does to each channel in evaluation mode: slope · x + intercept, both [channels]. `norm`: made by `batchNorm`.
 */
export function batchNormLine(context: ForwardContext, norm: Layer): { slope: Tensor; intercept: Tensor } {
  const [scale, offset, mean, variance] = norm.parameters.map(({ name }) => context.value(name))
  const slope = tf.mul(scale!, tf.rsqrt(tf.add(variance!, batchNormEpsilon)))
  return { slope, intercept: tf.sub(offset!, tf.mul(mean!, slope)) }
}

/** Moves a running statistic towards that of the batch. */
export function moveStatistic(context: ForwardContext, name: string, towards: Tensor, ratio = batchNormMomentum): void {
  const kept = tf.mul(context.value(name), 1 - ratio)
  context.updateBuffer(name, tf.add(kept, tf.mul(towards, ratio)), ratio)
}

/** Layer normalisation over the last axis of […, features] (Ba 2016); `epsilon` is added to the variance. */
export function layerNorm(
  name: string,
  shape: readonly number[],
  { units, epsilon }: { units?: AxisUnits; epsilon: number },
): Layer {
  const features = shape.at(-1)!
  const scale = parameter(`${name}.weight`, { shape: [features], init: ones, role: 'norm', units: [units] })
  const offset = parameter(`${name}.bias`, { shape: [features], init: zeros, role: 'norm', units: [units] })
  return {
    parameters: [scale, offset],
    outputShape: shape,
    operations: [{ module: name, kind: 'layer-norm', sizes: { elements: elements(shape) } }],
    apply: (context, input) =>
      layerNormOf(input, { scale: context.value(scale.name), offset: context.value(offset.name), epsilon }),
  }
}

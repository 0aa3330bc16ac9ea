/**
 * The part of the engine that extensions compute with: tensors, layers and what heads are made of. It loads TensorFlow.js, so that
 * it is imported where tensors are computed, never where an entry is described (src/main/extensions/extension.ts).
 */
export {
  adaptiveAveragePool,
  averagePool as averagePoolOf,
  gather,
  maxPool as maxPoolOf,
  scaleGradient,
  softmaxCrossEntropy,
  stopGradient,
  tf,
} from './tf.ts'
export { gelu, relu, tanh } from './layers/activation.ts'
export { attention } from './layers/attention.ts'
export { residual, sequential } from './layers/composition.ts'
export { conv2d } from './layers/conv2d.ts'
export { convNorm } from './layers/conv-norm.ts'
export { dropout } from './layers/dropout.ts'
export { classToken, firstToken, meanOfTokens, meanToken, patchTokens, positions } from './layers/embedding.ts'
export { fanInUniform, normal, ones, truncatedNormal, uniform, xavierUniform, zeros } from './layers/initialisers.ts'
export { blockOf } from './layers/layer.ts'
export { linear } from './layers/linear.ts'
export { batchNorm, layerNorm } from './layers/normalisation.ts'
export { inGroup, parameter } from './layers/parameter.ts'
export { averagePool, flatten, globalAverage, maxPool, mixedPooling } from './layers/pooling.ts'
export { convolutional } from './heads/convolutional.ts'
export { layerHead } from './heads/head.ts'
export { perceptron } from './heads/perceptron.ts'
export { learningRateOf, learningRates } from './optimisers/learning-rates.ts'

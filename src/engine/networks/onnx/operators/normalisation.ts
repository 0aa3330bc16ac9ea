import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import { moveStatistic } from '../../../layers/normalisation.ts'
import { batchNormInference, batchNormTraining, layerNorm as layerNormalised, tf, type Tensor } from '../../../tf.ts'
import { isLive, type Node } from '../graph/graph.ts'
import { GraphProblem, wrongly } from '../graph/problem.ts'
import { axisOf, sizeOf } from '../graph/shapes.ts'
import { plain, type Call } from './call.ts'
import { onMap } from './convolution.ts'
import { joinArraysAlong } from './joins.ts'
import { floatOf, intOf } from './operands.ts'
import { operator, type Operator } from './operator.ts'

interface BatchNorm extends Record<string, number> {
  epsilon: number
  /** Weight of the newest batch in the running statistics, as PyTorch has it; ONNX gives that of the old ones. */
  ratio: number
}

/** The phase decides whether it takes the statistics of the batch; what the file says of that is ignored. */
const batchNorm = operator<BatchNorm>({
  infer(node, [x, ...arrays]) {
    const [, , mean, variance] = arrays
    if (![2, 3, 4].includes(x!.shape.length))
      throw new GraphProblem('batch normalisation of other than maps, sequences and vectors')
    if (mean?.array === undefined || variance?.array === undefined)
      throw new GraphProblem('its running statistics are no arrays of the network')
    if (arrays.some((each) => each?.shape.join() !== String(x!.shape[1])))
      throw new GraphProblem('arrays that do not have one number a channel')
    const momentum = floatOf(node, 'momentum', 0.9)
    if (momentum < 0 || momentum > 1) throw wrongly(`its attribute momentum is ${momentum}`, `a number from 0 to 1`)
    const settings = { epsilon: epsilonOf(node), ratio: rounded(1 - momentum) }
    // What PyTorch exports of `momentum=None`, too.
    if (settings.ratio === 0)
      throw new GraphProblem(
        'its running statistics would never move (momentum 1)',
        'Give it a momentum, such as PyTorch’s own of 0.1, and export again.',
      )
    return { outputs: [{ shape: x!.shape, type: 'float32' }], settings, operands: [0, 1, 2, 3, 4] }
  },
  run(call) {
    const shape = call.shape()
    if (shape.length !== 2) return onMap(call, (x) => batchNormalised(call, x))
    const pixels = tf.reshape(call.input(0), [shape[0]!, 1, 1, shape[1]!])
    return plain(tf.reshape(batchNormalised(call, pixels), shape))
  },
  operations: (node) => [
    { kind: 'batch-norm', sizes: { elements: sizeOf(node.outputs[0]!.shape), scaled: isScaled(node) } },
  ],
  join: (node, axes) => joinArraysAlong(1, node, axes),
})

function epsilonOf(node: OnnxNode): number {
  const epsilon = floatOf(node, 'epsilon', 1e-5)
  if (epsilon < 0) throw wrongly(`its attribute epsilon is ${epsilon}`, `a number from 0 on`)
  return epsilon
}

/** Whether it has scales of its own: exporters write constant ones where PyTorch has none. */
const isScaled = ({ inputs: [, scale] }: Node) => isLive(scale)

/** float32 arithmetic of the file: 1 − 0.9 is 0.1 and not 0.100000024. */
const rounded = (ratio: number) => Number(ratio.toPrecision(6))

function batchNormalised(call: Call<BatchNorm>, x: Tensor): Tensor {
  const { epsilon, ratio } = call.settings
  const affine = { scale: call.input(1), offset: call.input(2), epsilon }
  const [mean, variance] = [3, 4].map((index) => call.value(index).array!)
  const { context } = call.table
  if (!context.training(mean!))
    return batchNormInference(x, { ...affine, mean: call.input(3), variance: call.input(4) })
  const batch = batchNormTraining(x, affine)
  moveStatistic(context, mean!, batch.mean, ratio)
  moveStatistic(context, variance!, batch.variance, ratio)
  return batch.output
}

type Epsilon = Record<'epsilon', number>

const layerNorm = operator<Epsilon>({
  infer(node, [x, scale, offset]) {
    const rank = x!.shape.length
    if (axisOf(intOf(node, 'axis', -1), rank) !== rank - 1) throw new GraphProblem('it is taken over several axes')
    if ([scale!, offset ?? scale!].some(({ shape }) => shape.join() !== String(x!.shape.at(-1))))
      throw new GraphProblem('arrays that do not have one number a feature')
    const settings = { epsilon: epsilonOf(node) }
    return { outputs: [{ shape: x!.shape, type: 'float32' }], settings, operands: offset ? [0, 1, 2] : [0, 1] }
  },
  run(call) {
    const offset = call.has(2) ? call.input(2) : tf.zeros([call.shape().at(-1)!])
    const options = { scale: call.input(1), offset, epsilon: call.settings.epsilon }
    return plain(layerNormalised(call.input(0), options))
  },
  operations: (node) => [
    { kind: 'layer-norm', sizes: { elements: sizeOf(node.outputs[0]!.shape), scaled: isScaled(node) } },
  ],
  join: (node, axes) => joinArraysAlong(node.inputs[0]!.shape.length - 1, node, axes),
})

/** Over everything but samples and channels; the exporter writes group normalisation as this one between two reshapes. */
const instanceNorm = operator<Epsilon>({
  infer(node, [x, ...arrays]) {
    if (arrays.length !== 2 || arrays.some((each) => each?.shape.join() !== String(x!.shape[1])))
      throw new GraphProblem('arrays that do not have one number a channel')
    const settings = { epsilon: epsilonOf(node) }
    return { outputs: [{ shape: x!.shape, type: 'float32' }], settings }
  },
  run(call) {
    const x = call.input(0)
    const axes = Array.from({ length: x.rank - 2 }, (_, axis) => axis + 2)
    const { mean, variance } = tf.moments(x, axes, true)
    const channels = [1, x.shape[1]!, ...axes.map(() => 1)]
    const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, call.settings.epsilon)))
    return plain(tf.add(tf.mul(normal, tf.reshape(call.input(1), channels)), tf.reshape(call.input(2), channels)))
  },
  // Scales of group normalisation, over [samples, groups, rest], are behind it.
  operations(node) {
    const { shape } = node.outputs[0]!
    return [{ kind: 'layer-norm', sizes: { elements: sizeOf(shape), scaled: shape.length === 3 || isScaled(node) } }]
  },
  join: (node, axes) => joinArraysAlong(1, node, axes),
})

const softmax = operator<{ axis: number }>({
  infer(node, [x]) {
    const axis = axisOf(intOf(node, 'axis', -1), x!.shape.length)
    return { outputs: [{ shape: x!.shape, type: 'float32' }], settings: { axis } }
  },
  run(call) {
    const x = call.input(0)
    const { axis } = call.settings
    if (axis === x.rank - 1) return plain(softmaxOfLast(x))
    const order = [...x.shape.keys()].with(axis, x.rank - 1).with(-1, axis)
    return plain(tf.transpose(softmaxOfLast(tf.transpose(x, order)), order))
  },
  operations: ({ outputs: [y] }) => [{ kind: 'softmax', sizes: { elements: sizeOf(y!.shape) } }],
})

/** Axes that oneDNN's softmax takes. */
const mostAxes = 5

function softmaxOfLast(x: Tensor): Tensor {
  if (x.rank <= mostAxes) return tf.softmax(x)
  return tf.reshape(tf.softmax(tf.reshape(x, [-1, x.shape.at(-1)!])), x.shape)
}

export const normalisation: Record<string, Operator> = {
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  InstanceNormalization: instanceNorm,
  Softmax: softmax,
}

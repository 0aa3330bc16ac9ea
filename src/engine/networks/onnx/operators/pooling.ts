import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import { averagePool as averaged, largestAlong, maxPoolOver, stopGradient, tf, type Tensor } from '../../../tf.ts'
import { isLive } from '../graph/graph.ts'
import { GraphProblem } from '../graph/problem.ts'
import { axisOf, sizeOf, type Shape } from '../graph/shapes.ts'
import { map, plain, type Call } from './call.ts'
import { asMap, onMap, placeAxes, wholeNumbers, windowCounts, windowsOf, type Windows } from './convolution.ts'
import { joinAligned } from './joins.ts'
import { intOf, intsOf, numbers } from './operands.ts'
import { operator, type Inferred, type Operands, type Operator } from './operator.ts'
import { mapAxis } from './value-table.ts'

interface Settings extends Record<string, number | number[]>, Pick<Windows, 'kernel' | 'strides' | 'pads'> {
  /** Whether pixels beyond the edge count in means. */
  countPadding: number
}

const kernelOf = (node: OnnxNode, input: Shape) =>
  wholeNumbers(node, 'kernel_shape', { count: input.length - 2, least: 1 })

const pool = (kind: 'max-pool' | 'average-pool', pooled: (x: Tensor, settings: Settings) => Tensor) =>
  operator<Settings>({
    infer(node, [x]) {
      const { dilations, ...windows } = windowsOf(node, x!.shape, kernelOf(node, x!.shape))
      if (dilations.some((each) => each !== 1)) throw new GraphProblem('windows with gaps')
      const counts = (round: typeof Math.floor) => windowCounts(asMap(x!.shape), { ...windows, dilations }, round)
      const [sides, up] = [counts(Math.floor), counts(Math.ceil)]
      if (intOf(node, 'ceil_mode', 0) === 1 && up.join() !== sides.join())
        throw new GraphProblem(
          'windows that reach beyond the edge (ceil_mode)',
          'Use images of a size that the windows divide.',
        )
      const settings = { ...windows, countPadding: intOf(node, 'count_include_pad', 0) }
      const shape = [...x!.shape.slice(0, 2), ...sides.slice(4 - x!.shape.length)]
      return { outputs: [{ shape, type: 'float32' }], settings }
    },
    run: (call) => onMap(call, (x) => pooled(x, call.settings)),
    operations: ({ inputs: [x] }) => [{ kind, sizes: { elements: sizeOf(x!.shape) } }],
    join({ inputs: [x], outputs: [y] }, axes) {
      axes.join(x!, 1, y!, 1)
      for (const axis of placeAxes(x!.shape)) for (const value of [x!, y!]) axes.pin(value, axis)
    },
  })

type Reduce = (x: Tensor, axes: number[], keepAxes: boolean) => Tensor

const globalPool = (kind: 'adaptive-average-pool' | 'adaptive-max-pool', reduce: Reduce) =>
  operator({
    infer(_node, [x]) {
      const { shape } = x!
      if (shape.length !== 3 && shape.length !== 4)
        throw new GraphProblem(`a global pool over an input of ${shape.length} axes`)
      return { outputs: [{ shape: [...shape.slice(0, 2), ...placeAxes(shape).map(() => 1)], type: 'float32' }] }
    },
    run(call) {
      if (call.inputShape(0).length === 3) return plain(reduce(call.input(0), [2], true))
      return map(reduce(call.input(0, 'map'), [1, 2], true))
    },
    operations: ({ inputs: [x] }) => [{ kind, sizes: { elements: sizeOf(x!.shape) } }],
    join: ({ inputs: [x], outputs: [y] }, axes) => axes.join(x!, 1, y!, 1),
  })

interface Reduction extends Record<string, number | number[]> {
  axes: number[]
  keep: number
}

/** Sums and means over axes, which newer operator sets give as an input. */
function reduction(node: OnnxNode, [x, axes]: Operands): Inferred {
  const rank = x!.shape.length
  const given = axes ? numbers(axes, 'the axes') : intsOf(node, 'axes', [])
  if (given.length === 0 && intOf(node, 'noop_with_empty_axes', 0) === 1)
    throw new GraphProblem('it reduces no axes', 'Leave it out, or name its axes, and export it again.')
  const all = given.length === 0 ? x!.shape.map((_, axis) => axis) : given.map((axis) => axisOf(axis, rank))
  const keep = intOf(node, 'keepdims', 1)
  const shape = x!.shape.flatMap((size, axis) => (!all.includes(axis) ? [size] : keep ? [1] : []))
  return { outputs: [{ shape, type: x!.type }], settings: { axes: all.toSorted((a, b) => a - b), keep }, operands: [0] }
}

function reduced(call: Call<Reduction>, reduce: Reduce) {
  const { axes, keep } = call.settings
  const isMap = call.isMap(0) && (keep === 1 || axes.join() === '2,3')
  const tensor = reduce(call.input(0, isMap ? 'map' : 'plain'), isMap ? axes.map(mapAxis) : axes, keep === 1)
  return [{ tensor, layout: isMap && keep === 1 ? ('map' as const) : ('plain' as const) }]
}

const reduce = (operation: 'mean' | 'sum', compute: Reduce) =>
  operator<Reduction>({
    infer: reduction,
    run: (call) => reduced(call, compute),
    operations: ({ inputs: [x] }) => [{ kind: operation, sizes: { elements: sizeOf(x!.shape) } }],
    join(node, axes) {
      const { inputs: [x], outputs: [y], settings } = node // prettier-ignore
      if (settings.keep === 1) return joinAligned(node, axes)
      const left = x!.shape.flatMap((_, axis) => (settings.axes.includes(axis) ? [] : [axis]))
      left.forEach((axis, to) => axes.join(x!, axis, y!, to))
    },
  })

/** Of known numbers alone: a product of sizes. */
const product = operator({
  infer(node, inputs) {
    const inferred = reduction(node, inputs)
    if (isLive(inputs[0])) throw new GraphProblem('a product over axes')
    if (sizeOf(inferred.outputs[0]!.shape) !== 1) throw new GraphProblem('a product over some axes')
    return inferred
  },
  compute: ([x]) => [[Array.from(x!.known).reduce((all, each) => all * each, 1)]],
})

/** Its gradient is dy · x / norm, and 0 where the norm is, as PyTorch's. */
function norm(x: Tensor, axes: number[], keep: boolean): Tensor {
  const squared = tf.sum(tf.square(x), axes, keep)
  const isZero = tf.cast(tf.equal(stopGradient(squared), 0), 'float32')
  return tf.mul(tf.sqrt(tf.add(squared, isZero)), tf.sub(1, isZero))
}

/** Of truths whether one is true. */
function largest(x: Tensor, axes: number[], keep: boolean): Tensor {
  if (x.dtype !== 'bool') return largestAlong(x, axes, keep)
  return tf.cast(largestAlong(tf.cast(x, 'float32'), axes, keep), 'bool')
}

export const pooling: Record<string, Operator> = {
  MaxPool: pool('max-pool', (x, { kernel, strides, pads }) => maxPoolOver(x, { window: kernel, strides, pads })),
  AveragePool: pool('average-pool', (x, { kernel, strides, pads, countPadding }) =>
    averaged(x, { window: kernel, strides, pads, countPadding: countPadding === 1 }),
  ),
  GlobalAveragePool: globalPool('adaptive-average-pool', tf.mean),
  GlobalMaxPool: globalPool('adaptive-max-pool', largestAlong),
  ReduceMean: reduce('mean', tf.mean),
  ReduceSum: reduce('sum', tf.sum),
  ReduceMax: reduce('sum', largest),
  ReduceL2: reduce('sum', norm),
  ReduceProd: product,
}

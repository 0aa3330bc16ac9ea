import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import { broadcastTo, tf } from '../../../tf.ts'
import type { Value } from '../graph/graph.ts'
import { GraphProblem, wrongly } from '../graph/problem.ts'
import { axisOf, broadcast, sizeOf, type Shape } from '../graph/shapes.ts'
import { plain, type Call } from './call.ts'
import { joinReshaped } from './joins.ts'
import { expanded, transposed } from './known.ts'
import { intOf, intsOf, numbers } from './operands.ts'
import { operator, type Inferred, type Operands, type Operator } from './operator.ts'

/** The same entries in another shape. */
function reshaped(x: Value, shape: Shape): Inferred {
  if (sizeOf(shape) !== sizeOf(x.shape))
    throw new GraphProblem(
      `[${x.shape.join(', ')}] does not fit into [${shape.join(', ')}]`,
      'The number of samples or the size of the images is fixed in the file: export again with export_backbone.py (exitlab export-backbone --help) at the size of your images.',
    )
  return { outputs: [{ shape, type: x.type }], operands: [0] }
}

function reshapedShape(node: OnnxNode, x: Value, given: number[]): number[] {
  const keepsZeros = intOf(node, 'allowzero', 0) === 1
  const shape = given.map((size, axis) => (size === 0 && !keepsZeros ? x.shape[axis]! : size))
  const open = shape.indexOf(-1)
  if (open < 0) return shape
  return shape.with(open, sizeOf(x.shape) / sizeOf(shape.filter((_, axis) => axis !== open)))
}

/** A map that keeps its shape stays one, and of one pixel it is the vector of its channels. */
function runReshape(call: Call) {
  const [from, to] = [call.inputShape(0), call.shape()]
  if (call.isMap(0) && from.join() === to.join()) return [{ tensor: call.input(0, 'map'), layout: 'map' as const }]
  const isVector = call.isMap(0) && from[2] === 1 && from[3] === 1 && to.length === 2
  return plain(tf.reshape(call.input(0, isVector ? 'map' : 'plain'), to))
}

const reshape = (shapeOf: (node: OnnxNode, x: Value, others: Operands) => number[]) =>
  operator({
    infer: (node, [x, ...others]) => reshaped(x!, shapeOf(node, x!, others)),
    compute: ([x]) => [x!.known],
    run: runReshape,
    operations: () => [{ kind: 'reshape', sizes: {} }],
    movesRows: () => true,
    join: joinReshaped,
  })

function flattened(node: OnnxNode, { shape }: Value): number[] {
  const axis = intOf(node, 'axis', 1)
  if (Math.abs(axis) > shape.length) throw new GraphProblem(`axis ${axis} is none of ${shape.length}`)
  const at = axis < 0 ? axis + shape.length : axis
  return [sizeOf(shape.slice(0, at)), sizeOf(shape.slice(at))]
}

function squeezed(_node: OnnxNode, { shape }: Value, [given]: Operands): number[] {
  const axes = given && numbers(given, 'its axes').map((axis) => axisOf(axis, shape.length))
  const wide = axes?.find((axis) => shape[axis] !== 1)
  if (wide !== undefined) throw wrongly(`axis ${wide} has ${shape[wide]} entries`, `1`)
  return shape.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1))
}

function unsqueezed(_node: OnnxNode, { shape }: Value, [given]: Operands): number[] {
  const axes = numbers(given, 'its axes')
  const rank = shape.length + axes.length
  const added = new Set(axes.map((axis) => axisOf(axis, rank)))
  const rest = [...shape]
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : rest.shift()!))
}

const transpose = operator<Record<'order', number[]>>({
  infer(node, [x]) {
    const turned = x!.shape.map((_, axis) => x!.shape.length - 1 - axis)
    const order = [...intsOf(node, 'perm', turned)]
    if (order.toSorted((a, b) => a - b).join() !== [...turned.keys()].join())
      throw wrongly(`its attribute perm is [${order.join(', ')}]`, `each axis of ${turned.length} once`)
    return { outputs: [{ shape: order.map((axis) => x!.shape[axis]!), type: x!.type }], settings: { order } }
  },
  compute: ([x], { settings }) => [transposed(x!, settings.order)],
  run(call) {
    const order = call.settings.order.join()
    if (order === '0,2,3,1' && call.isMap(0)) return plain(call.input(0, 'map'))
    if (order === '0,3,1,2') return [{ tensor: call.input(0), layout: 'map' }]
    return plain(tf.transpose(call.input(0), call.settings.order))
  },
  operations: () => [{ kind: 'reshape', sizes: {} }],
  movesRows: ({ settings: { order } }) => order.at(-1) === order.length - 1,
  join({ inputs: [x], outputs: [y], settings: { order } }, axes) {
    order.forEach((from, to) => axes.join(x!, from, y!, to))
  },
})

const expand = operator({
  infer(_node, [x, given]) {
    const shape = broadcast(x!.shape, numbers(given, 'its shape'))
    return { outputs: shape.join() === x!.shape.join() ? [x!] : [{ shape, type: x!.type }], operands: [0] }
  },
  compute: ([x], { outputs: [y] }) => [expanded(x!, y!.shape)],
  run(call) {
    const [from, to] = [call.inputShape(0), call.shape()]
    const isPerSample = from.length === to.length && from[0] === 1 && from.slice(1).join() === to.slice(1).join()
    const x = call.input(0)
    if (!isPerSample) return plain(broadcastTo(x, to))
    // A product with ones, which has a gradient of one operation and ONNX for any number of samples.
    const one = tf.reshape(x, [1, -1]) as tf.Tensor2D
    return plain(tf.cast(tf.reshape(tf.matMul(tf.ones([to[0]!, 1]), one), to), x.dtype))
  },
})

export const shapeChanges: Record<string, Operator> = {
  Reshape: reshape((node, x, [shape]) => reshapedShape(node, x, numbers(shape, 'its shape'))),
  Flatten: reshape(flattened),
  Squeeze: reshape(squeezed),
  Unsqueeze: reshape(unsqueezed),
  Transpose: transpose,
  Expand: expand,
}

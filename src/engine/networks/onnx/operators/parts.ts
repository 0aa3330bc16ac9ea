import { gather as gathered, tf, tile as tiled, type Tensor } from '../../../tf.ts'
import { isLive, type GraphValue } from '../graph/graph.ts'
import { GraphProblem, wrongly } from '../graph/problem.ts'
import { axisOf, sizeOf } from '../graph/shapes.ts'
import type { AxisVariables } from '../matching/axis-variables.ts'
import { plain } from './call.ts'
import { joinAligned } from './joins.ts'
import { concatenated, gathered as gatheredKnown, sliced } from './known.ts'
import { intOf, numbers } from './operands.ts'
import { operator, type Operator } from './operator.ts'
import { mapAxis } from './value-table.ts'

type Axis = Record<'axis', number>

/** An axis of a value where it lies in this layout. */
const placed = (axis: number, layout: 'plain' | 'map') => (layout === 'map' ? mapAxis(axis) : axis)

/** All axes of two values of one rank but this one are the same. */
function joinOthers(value: GraphValue, other: GraphValue, axis: number, axes: AxisVariables): void {
  value.shape.forEach((_, each) => each !== axis && axes.join(value, each, other, each))
}

const concat = operator<Axis>({
  infer(node, inputs) {
    const [x] = inputs
    const axis = axisOf(intOf(node, 'axis', 0), x!.shape.length)
    const others = inputs.map((each) => each!.shape.toSpliced(axis, 1).join())
    if (others.some((each) => each !== others[0]))
      throw new GraphProblem(`[${inputs.map((each) => each!.shape.join(', ')).join('] and [')}] differ in other axes`)
    const size = inputs.reduce((sum, each) => sum + each!.shape[axis]!, 0)
    return { outputs: [{ shape: x!.shape.with(axis, size), type: x!.type }], settings: { axis } }
  },
  compute: (all, { settings }) => [concatenated(all, settings.axis)],
  run(call) {
    const { layout, settings } = call
    return [{ tensor: tf.concat(call.inputs(layout), placed(settings.axis, layout)), layout }]
  },
  operations: ({ outputs: [y] }) => [{ kind: 'concatenate', sizes: { elements: sizeOf(y!.shape) } }],
  movesRows: ({ outputs: [y], settings: { axis } }) => axis !== y!.shape.length - 1,
  join({ inputs, outputs: [output], settings: { axis } }, axes) {
    const parts = inputs.map((input) => [input!, axis] as const)
    axes.concatenate(output!, axis, parts)
    for (const [input] of parts) if (isLive(input)) joinOthers(input, output!, axis, axes)
  },
})

const split = operator<Axis>({
  infer(node, [x, sizes]) {
    const axis = axisOf(intOf(node, 'axis', 0), x!.shape.length)
    const parts = sizes ? numbers(sizes, 'its sizes') : evenParts(x!.shape[axis]!, node.outputs.length)
    if (parts.reduce((sum, each) => sum + each, 0) !== x!.shape[axis] || parts.length !== node.outputs.length)
      throw new GraphProblem(
        `${node.outputs.length} parts of [${parts.join(', ')}] entries are not its ${x!.shape[axis]}`,
      )
    if (node.outputs.includes('')) throw new GraphProblem('one of its parts has no name')
    const outputs = parts.map((size) => ({ shape: x!.shape.with(axis, size), type: x!.type }))
    return { outputs, settings: { axis }, operands: [0] }
  },
  compute([x], { settings: { axis }, outputs }) {
    let at = 0
    return outputs.map(({ shape }) => {
      const start = shape.map((_, each) => (each === axis ? at : 0))
      at += shape[axis]!
      return sliced(x!, { start, step: start.map(() => 1), shape })
    })
  },
  run(call) {
    const layout = call.layoutOf(0)
    const { axis } = call.settings
    const sizes = call.shapes.map((shape) => shape[axis]!)
    return tf.split(call.input(0, layout), sizes, placed(axis, layout)).map((tensor) => ({ tensor, layout }))
  },
  operations: () => [{ kind: 'reshape', sizes: {} }],
  join({ inputs: [x], outputs, settings: { axis } }, axes) {
    const parts = outputs.map((output) => [output, axis] as const)
    axes.concatenate(x!, axis, parts)
    for (const output of outputs) joinOthers(x!, output, axis, axes)
  },
})

function evenParts(size: number, count: number): number[] {
  const most = Math.ceil(size / count)
  return Array.from({ length: count }, (_, part) => Math.min(most, size - part * most))
}

/** Along one axis there are the places of indices, such as those of the tokens of a text; all others are as they were. */
function joinTaken(
  { x, indices, output }: Record<'x' | 'indices' | 'output', GraphValue>,
  axis: number,
  axes: AxisVariables,
) {
  axes.pin(x, axis)
  indices.shape.forEach((_, each) => axes.pin(output, axis + each))
  const added = indices.shape.length - 1
  x.shape.forEach((_, each) => each !== axis && axes.join(x, each, output, each > axis ? each + added : each))
}

const gather = operator<Axis>({
  infer(node, [x, indices]) {
    const axis = axisOf(intOf(node, 'axis', 0), x!.shape.length)
    const size = x!.shape[axis]!
    if (indices!.known && Array.from(indices!.known).some((index) => index >= size || index < -size))
      throw new GraphProblem(`indices beyond the ${size} of its axis`)
    const shape = [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)]
    return { outputs: [{ shape, type: x!.type }], settings: { axis } }
  },
  compute: ([x, indices], { settings }) => [gatheredKnown(x!, indices!, settings.axis)],
  run(call) {
    const { axis } = call.settings
    const shape = call.inputShape(0)
    const size = shape[axis]!
    const constant = call.value(1).known
    if (constant?.length === 1) {
      const start = shape.map((_, each) => (each === axis ? (constant[0]! + size) % size : 0))
      return plain(tf.reshape(tf.slice(call.input(0), start, shape.with(axis, 1)), call.shape()))
    }
    const given = tf.cast(tf.reshape(call.input(1), [-1]), 'int32')
    const indices = call.value(1).isNonNegative ? given : fromStart(given, size)
    return plain(tf.reshape(gathered(call.input(0), indices, axis), call.shape()))
  },
  operations: () => [{ kind: 'index', sizes: {} }],
  join({ inputs: [x, indices], outputs: [output], settings: { axis } }, axes) {
    joinTaken({ x: x!, indices: indices!, output: output! }, axis, axes)
  },
})

/** Indices from 0 on, of such as count from the end where they are negative. */
function fromStart(indices: Tensor, size: number): Tensor {
  const isBefore = tf.less(indices, tf.scalar(0, 'int32'))
  return tf.where(isBefore, tf.add(indices, tf.scalar(size, 'int32')), indices)
}

/** Rows of all samples, [samples · rows, …], at indices [1, …] of each sample: [samples, …, …]. */
const gatherOfEach = operator({
  run(call) {
    const [[all, ...rest], [samples]] = [call.inputShape(0), call.shape()]
    const rows = tf.reshape(call.input(0), [samples!, all! / samples!, ...rest])
    return plain(tf.reshape(gathered(rows, tf.reshape(call.input(1), [-1]), 1), call.shape()))
  },
  operations: () => [{ kind: 'index', sizes: {} }],
  join({ inputs: [x, indices], outputs: [output] }, axes) {
    joinTaken({ x: x!, indices: indices!, output: output! }, 0, axes)
  },
})

const tile = operator({
  infer(_node, [x, repeats]) {
    const counts = numbers(repeats, 'its repeats')
    if (counts.length !== x!.shape.length || counts.some((count) => count < 0))
      throw wrongly(`its repeats are [${counts.join(', ')}]`, `one from 0 on for each of ${x!.shape.length} axes`)
    const shape = counts.map((count, axis) => count * x!.shape[axis]!)
    return { outputs: [{ shape, type: x!.type }], operands: [0] }
  },
  run(call) {
    const from = call.inputShape(0)
    const repeats = call.shape().map((size, axis) => size / from[axis]!)
    return plain(tiled(call.input(0), repeats))
  },
  join: joinAligned,
})

export const parts: Record<string, Operator> = {
  Concat: concat,
  Split: split,
  Gather: gather,
  GatherOfEach: gatherOfEach,
  Tile: tile,
}

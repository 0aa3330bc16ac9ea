import { gather as gathered, tf, type Tensor } from '../../../tf.ts'
import { joinAligned } from '../axis-joins.ts'
import { plain } from '../call.ts'
import { concatenated, gathered as gatheredKnown, sliced } from '../known.ts'
import { GraphProblem } from '../problem.ts'
import { axisOf, sizeOf } from '../shapes.ts'
import { intOf, isLive, knownOf, numbers, type Value } from '../value.ts'
import { mapAxis } from '../value-table.ts'
import { knownResult, operator, type Operator } from './operator.ts'

interface Axis extends Record<string, number> {
  axis: number
}

/** An axis of a value where it lies in this layout. */
const placed = (axis: number, layout: 'plain' | 'map') => (layout === 'map' ? mapAxis(axis) : axis)

const concat = operator<Axis>({
  infer(node, inputs) {
    const [x] = inputs
    const axis = axisOf(intOf(node, 'axis', 0), x!.shape.length)
    const others = inputs.map((each) => each!.shape.toSpliced(axis, 1).join())
    if (others.some((each) => each !== others[0]))
      throw new GraphProblem(`[${inputs.map((each) => each!.shape.join(', ')).join('] and [')}] differ in other axes`)
    if (inputs.some(isLive)) {
      const size = inputs.reduce((sum, each) => sum + each!.shape[axis]!, 0)
      return { outputs: [{ shape: x!.shape.with(axis, size), type: x!.type }], settings: { axis } }
    }
    const all = inputs.map((each) => knownOf(each, 'it'))
    return knownResult(concatenated(all, axis), x!.type)
  },
  run(call) {
    const { layout, settings } = call
    return [{ tensor: tf.concat(call.inputs(layout), placed(settings.axis, layout)), layout }]
  },
  operations: ({ output }) => [{ kind: 'concatenate', sizes: { elements: sizeOf(output()) } }],
  join({ inputs, outputs: [output], shape, settings: { axis }, isFixed, isArray }, joins) {
    joins.concatenate(
      output!,
      axis,
      inputs.map((input) => [input, axis] as const),
    )
    for (const input of inputs) {
      if (isFixed(input) && !isArray(input)) continue
      shape(input).forEach((_, each) => each !== axis && joins.join(input, each, output!, each))
    }
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
    let at = 0
    const outputs = parts.map((size): Value => {
      const start = x!.shape.map((_, each) => (each === axis ? at : 0))
      const shape = x!.shape.with(axis, size)
      at += size
      if (!x!.known) return { shape, type: x!.type }
      return { shape, type: x!.type, known: sliced(knownOf(x, 'it'), { start, step: start.map(() => 1), shape }).data }
    })
    return { outputs, settings: { axis }, operands: [0] }
  },
  run(call) {
    const layout = call.layoutOf(0)
    const { axis } = call.settings
    const sizes = call.shapes.map((shape) => shape[axis]!)
    return tf.split(call.input(0, layout), sizes, placed(axis, layout)).map((tensor) => ({ tensor, layout }))
  },
  operations: () => [{ kind: 'reshape', sizes: {} }],
  join({ inputs: [x], outputs, shape, settings: { axis } }, joins) {
    joins.concatenate(
      x!,
      axis,
      outputs.map((output) => [output, axis] as const),
    )
    for (const output of outputs)
      shape(output).forEach((_, each) => each !== axis && joins.join(x!, each, output, each))
  },
})

function evenParts(size: number, count: number): number[] {
  const most = Math.ceil(size / count)
  return Array.from({ length: count }, (_, part) => Math.min(most, size - part * most))
}

const gather = operator<Axis>({
  infer(node, [x, indices]) {
    const axis = axisOf(intOf(node, 'axis', 0), x!.shape.length)
    const size = x!.shape[axis]!
    if (indices!.known && Array.from(indices!.known).some((index) => index >= size || index < -size))
      throw new GraphProblem(`indices beyond the ${size} of its axis`)
    if (!isLive(x) && !isLive(indices))
      return knownResult(gatheredKnown(knownOf(x, 'it'), knownOf(indices, 'its indices'), axis), x!.type)
    const shape = [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)]
    return { outputs: [{ shape, type: x!.type }], settings: { axis } }
  },
  run(call) {
    const { axis } = call.settings
    const size = call.inputShape(0)[axis]!
    const constant = call.constant(1)
    if (constant?.length === 1) {
      const shape = call.inputShape(0)
      const start = shape.map((_, each) => (each === axis ? (constant[0]! + size) % size : 0))
      return plain(tf.reshape(tf.slice(call.input(0), start, shape.with(axis, 1)), call.shape()))
    }
    const given = tf.cast(tf.reshape(call.input(1), [-1]), 'int32')
    const indices: Tensor = constant?.some((index) => index < 0) ? tf.mod(tf.add(given, size), size) : given
    return plain(tf.reshape(gathered(call.input(0), tf.cast(indices, 'int32'), axis), call.shape()))
  },
  operations: () => [{ kind: 'index', sizes: {} }],
  join({ inputs: [x, indices], outputs: [output], shape, settings: { axis } }, { join, pin }) {
    pin(x!, axis)
    // The places of indices, such as those of the tokens of a text.
    shape(indices!).forEach((_, each) => pin(output!, axis + each))
    const added = shape(indices!).length - 1
    shape(x!).forEach((_, each) => each !== axis && join(x!, each, output!, each > axis ? each + added : each))
  },
})

/** Rows of all samples, [samples · rows, …], at indices [1, …] of each sample: [samples, …, …]. */
const gatherOfEach = operator({
  run(call) {
    const [[all, ...rest], [samples]] = [call.inputShape(0), call.shape()]
    const rows = tf.reshape(call.input(0), [samples!, all! / samples!, ...rest])
    return plain(tf.reshape(gathered(rows, tf.reshape(call.input(1), [-1]), 1), call.shape()))
  },
  operations: () => [{ kind: 'index', sizes: {} }],
  join({ inputs: [x, indices], outputs: [output], shape }, { join, pin }) {
    pin(x!, 0)
    shape(indices!).forEach((_, axis) => pin(output!, axis))
    const added = shape(indices!).length - 1
    shape(x!).forEach((_, axis) => axis > 0 && join(x!, axis, output!, axis + added))
  },
})

const tile = operator({
  infer(_node, [x, repeats]) {
    const shape = numbers(repeats, 'its repeats').map((count, axis) => count * x!.shape[axis]!)
    return { outputs: [{ shape, type: x!.type }], operands: [0] }
  },
  run: (call) =>
    plain(
      tf.tile(
        call.input(0),
        call.shape().map((size, axis) => size / call.inputShape(0)[axis]!),
      ),
    ),
  join: (view, joins) => joinAligned(view, joins),
})

export const parts: Record<string, Operator> = {
  Concat: concat,
  Split: split,
  Gather: gather,
  GatherOfEach: gatherOfEach,
  Tile: tile,
}

import { gather as gathered, tf } from '../../../tf.ts'
import { finite } from '../../float32.ts'
import { GraphProblem, wrongly } from '../graph/problem.ts'
import { axisOf, type Shape } from '../graph/shapes.ts'
import type { Call } from './call.ts'
import { joinAligned } from './joins.ts'
import { sliced } from './known.ts'
import { knownOf, numbers, textOf } from './operands.ts'
import { operator, type Operands, type Operator } from './operator.ts'
import { mapOrder } from './value-table.ts'

type SliceSettings = Record<'start' | 'step', number[]>

const slice = operator<SliceSettings>({
  infer(_node, [x, ...given]) {
    const { start, step, shape } = sliceOf(x!.shape, given)
    return { outputs: [{ shape, type: x!.type }], settings: { start, step }, operands: [0] }
  },
  compute: ([x], { settings, outputs: [output] }) => [sliced(x!, { ...settings, shape: output!.shape })],
  run: runSlice,
  operations: () => [{ kind: 'reshape', sizes: {} }],
  movesRows: ({ settings: { step } }) => step.at(-1) === 1,
  join(node, axes) {
    joinAligned(node, axes)
    // Backwards, an axis keeps its length but not its order.
    for (const [axis, step] of node.settings.step.entries()) if (step !== 1) axes.pin(node.inputs[0]!, axis)
  },
})

function runSlice(call: Call<SliceSettings>) {
  const layout = call.layoutOf(0)
  const ordered = (entries: number[]) => (layout === 'map' ? mapOrder(entries) : [...entries])
  const [start, step, sizes] = [call.settings.start, call.settings.step, call.shape()].map(ordered)
  let x = call.input(0, layout)
  // tfjs has no gradient of slices with steps.
  for (const [axis, each] of step!.entries()) {
    if (each === 1) continue
    const rows = Int32Array.from({ length: sizes![axis]! }, (_, index) => start![axis]! + index * each)
    x = gathered(x, tf.tensor1d(rows, 'int32'), axis)
    start![axis] = 0
  }
  return [{ tensor: tf.slice(x, start!, sizes), layout }]
}

/** Where it starts along each axis, its steps, and its shape. */
function sliceOf(whole: Shape, [starts, ends, axes, steps]: Operands) {
  const [from, to] = [numbers(starts, 'its starts'), numbers(ends, 'its ends')]
  const along = axes ? numbers(axes, 'its axes') : from.keys()
  const [start, step, shape] = [whole.map(() => 0), whole.map(() => 1), [...whole]]
  for (const [index, given] of Array.from(along).entries()) {
    const axis = axisOf(given, whole.length)
    const size = whole[axis]!
    const by = steps ? numbers(steps, 'its steps')[index]! : 1
    if (by === 0) throw wrongly('its steps are 0', 'other whole numbers')
    const bound = (value: number, least: number, most: number) =>
      Math.min(Math.max(value < 0 ? value + size : value, least), most)
    const [first, end] =
      by > 0
        ? [bound(from[index]!, 0, size), bound(to[index]!, 0, size)]
        : [bound(from[index]!, 0, size - 1), to[index]! < -size ? -1 : bound(to[index]!, -1, size - 1)]
    start[axis] = first
    step[axis] = by
    shape[axis] = Math.max(0, Math.ceil((end - first) / by))
  }
  return { start, step, shape }
}

type PadSettings = Record<'before' | 'after', number[]> & { value: number }

const pad = operator<PadSettings>({
  infer(node, [x, pads, value, axes]) {
    if (textOf(node, 'mode', 'constant') !== 'constant') throw new GraphProblem('padding by other than a constant')
    const rank = x!.shape.length
    const given = numbers(pads, 'its padding')
    const along = axes ? numbers(axes, 'its axes').map((axis) => axisOf(axis, rank)) : x!.shape.map((_, axis) => axis)
    if (given.length !== 2 * along.length)
      throw wrongly(`it has ${given.length} numbers of padding`, `${2 * along.length}`)
    const [before, after] = [x!.shape.map(() => 0), x!.shape.map(() => 0)]
    for (const [index, axis] of along.entries()) {
      before[axis] = given[index]!
      after[axis] = given[index + along.length]!
    }
    if ([...before, ...after].some((each) => each < 0)) throw new GraphProblem('padding that cuts')
    const shape = x!.shape.map((size, axis) => size + before[axis]! + after[axis]!)
    if ([...before, ...after].every((each) => each === 0)) return { outputs: [x!] }
    const settings = { before, after, value: value ? finite(knownOf(value, 'its padding').known[0]!) : 0 }
    return { outputs: [{ shape, type: x!.type }], settings, operands: [0] }
  },
  run(call) {
    const layout = call.layoutOf(0)
    const { before, after, value } = call.settings
    const pairs = before.map((each, axis): [number, number] => [each, after[axis]!])
    return [{ tensor: tf.pad(call.input(0, layout), layout === 'map' ? mapOrder(pairs) : pairs, value), layout }]
  },
  movesRows: ({ settings }) => settings.value === 0,
  join: joinAligned,
})

export const edges: Record<string, Operator> = { Slice: slice, Pad: pad }

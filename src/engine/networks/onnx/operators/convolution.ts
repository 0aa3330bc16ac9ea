import type { OnnxNode } from '../../../../onnx-file/model.ts'
import { biasAdd, convolution as convolved, tf, type Tensor } from '../../../tf.ts'
import { GraphProblem } from '../graph/problem.ts'
import type { Shape } from '../graph/shapes.ts'
import { map, plain, type Call, type Placed } from './call.ts'
import { intOf, intsOf, textOf } from './operands.ts'
import { operator, type Operator } from './operator.ts'

type Pair = [number, number]
type Four = [top: number, left: number, bottom: number, right: number]

export interface Windows {
  kernel: Pair
  strides: Pair
  dilations: Pair
  pads: Four
}

/** How windows move over the two last axes of an input; over a sequence, [samples, channels, length], as over a map of one row. */
export function windowsOf(node: OnnxNode, input: Shape, given: Shape): Windows {
  const isSequence = given.length === 1 && input.length === 3
  if (!isSequence && (given.length !== 2 || input.length !== 4))
    throw new GraphProblem(`windows of ${given.length} axes over an input of ${input.length}`)
  const pairOf = (sizes: Shape, row: number) => (isSequence ? [row, sizes.at(-1)!] : [...sizes]) as Pair
  const kernel = pairOf(given, 1)
  const [strides, dilations] = ['strides', 'dilations'].map((name) => pairOf(intsOf(node, name, [1, 1]), 1))
  const windows = { kernel, strides: strides!, dilations: dilations! }
  const pads = padsOf(node, pairOf(input.slice(2), 1), windows)
  const sizes = [kernel, strides!, dilations!].flatMap((pair) => [pair[0] - 1, pair[1] - 1])
  if (pads.length !== 4 || ![...sizes, ...pads].every((each) => each >= 0))
    throw new GraphProblem('windows whose sizes, steps or padding are too small or missing')
  return { ...windows, pads }
}

/** [samples, channels, height, width] of a map or a sequence. */
export const asMap = (shape: Shape): Shape => (shape.length === 3 ? shape.toSpliced(2, 0, 1) : shape)

function padsOf(node: OnnxNode, sides: Shape, windows: { kernel: Shape; strides: Shape; dilations: Shape }): Four {
  const rule = textOf(node, 'auto_pad', 'NOTSET')
  if (rule === 'NOTSET') {
    const given = intsOf(node, 'pads', [0, 0, 0, 0])
    return given.length === 2 ? [0, given[0]!, 0, given[1]!] : ([...given] as Four)
  }
  if (rule === 'VALID') return [0, 0, 0, 0]
  const needed = sides.map((side, axis) => {
    const stride = windows.strides[axis]!
    const reach = windows.dilations[axis]! * (windows.kernel[axis]! - 1) + 1
    return Math.max(0, (Math.ceil(side / stride) - 1) * stride + reach - side)
  })
  const first = needed.map((each) => (rule === 'SAME_UPPER' ? Math.floor(each / 2) : Math.ceil(each / 2)))
  return [...first, ...needed.map((each, axis) => each - first[axis]!)] as Four
}

/** Axes behind samples and channels: of a filter behind its two. */
export const placeAxes = (shape: Shape): number[] => shape.map((_, axis) => axis).slice(2)

/** What is computed of a map; a sequence, [samples, channels, length], is one of one row. */
export function onMap(call: Call, compute: (map: Tensor) => Tensor): Placed[] {
  if (call.inputShape(0).length === 4) return map(compute(call.input(0, 'map')))
  const row = compute(tf.expandDims(tf.transpose(call.input(0), [0, 2, 1]), 1))
  return plain(tf.transpose(tf.squeeze(row, [1]), [0, 2, 1]))
}

/** Windows along each side; `round`: what becomes of the last one where it does not fit. */
export function windowCounts(
  input: Shape,
  { kernel, strides, dilations, pads }: Windows,
  round = Math.floor,
): number[] {
  return kernel.map((size, axis) => {
    const side = input[axis + 2]! + pads[axis]! + pads[axis + 2]!
    return round((side - dilations[axis]! * (size - 1) - 1) / strides[axis]!) + 1
  })
}

interface Settings extends Record<string, number | number[]> {
  strides: Pair
  dilations: Pair
  pads: Four
  groups: number
}

const conv = operator<Settings>({
  infer(node, [x, filter, bias]) {
    if (filter!.array === undefined && filter!.known === undefined)
      throw new GraphProblem('its filters are computed', 'Networks that standardise their filters cannot be trained.')
    const { kernel, ...windows } = windowsOf(node, x!.shape, filter!.shape.slice(2))
    const sides = windowCounts(asMap(x!.shape), { kernel, ...windows }).slice(x!.shape.length === 3 ? 1 : 0)
    const groups = intOf(node, 'group', 1)
    if (x!.shape[1] !== filter!.shape[1]! * groups) throw new GraphProblem('filters that do not fit its channels')
    if (bias && bias.shape.join() !== String(filter!.shape[0]))
      throw new GraphProblem('a bias that does not fit its filters')
    const outputs = [{ shape: [x!.shape[0]!, filter!.shape[0]!, ...sides], type: 'float32' as const }]
    return { outputs, settings: { ...windows, groups } }
  },
  run(call) {
    return onMap(call, (x) => {
      const isSequence = call.inputShape(0).length === 3
      const filter = isSequence
        ? tf.expandDims(tf.transpose(call.input(1), [2, 1, 0]), 0)
        : call.table.filter(call.value(1))
      const y = convolved(x, filter, call.settings)
      return call.has(2) ? biasAdd(y, call.input(2)) : y
    })
  },
  operations: ({ inputs: [, filter], outputs: [y] }) => {
    const [filters, channels, height, width] = asMap(filter!.shape) as [number, number, number, number]
    const [, , outputHeight, outputWidth] = asMap(y!.shape) as [number, number, number, number]
    const sizes = { outputHeight, outputWidth, kernelArea: height * width, channels, filters }
    return [{ kind: 'convolution', sizes }]
  },
  join({ inputs: [x, filter, bias], outputs: [y], settings: { groups } }, axes) {
    const [channels, filters] = [x!.shape[1]!, filter!.shape[0]!]
    if (groups === 1) axes.join(x!, 1, filter!, 1)
    else if (groups === channels && filters === channels) axes.join(x!, 1, filter!, 0)
    else {
      // Groups may change places, and channels within them if those of all groups do so alike.
      const group = { name: `groups of ${y!.id}`, size: groups }
      axes.combine(x!, 1, [group, [filter!, 1]])
      axes.combine(filter!, 0, [group, { name: `filters of ${y!.id}`, size: filters / groups }])
    }
    axes.join(y!, 1, filter!, 0)
    for (const axis of placeAxes(filter!.shape)) for (const value of [x!, filter!, y!]) axes.pin(value, axis)
    if (bias) axes.join(y!, 1, bias, 0)
  },
})

export const convolution: Record<string, Operator> = { Conv: conv }

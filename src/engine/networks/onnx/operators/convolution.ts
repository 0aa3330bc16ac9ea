import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import { biasAdd, convolution as convolved, tf, type Tensor } from '../../../tf.ts'
import { GraphProblem, wrongly } from '../graph/problem.ts'
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
  const perSide = (name: string) => pairOf(wholeNumbers(node, name, { count: given.length, least: 1 }), 1)
  const [strides, dilations] = [perSide('strides'), perSide('dilations')]
  const windows = { kernel: pairOf(given, 1), strides, dilations }
  return { ...windows, pads: padsOf(node, { ...windows, sides: pairOf(input.slice(2), 1), axes: given.length }) }
}

/** An attribute of so many whole numbers, each the least where it is missing. @throws GraphProblem */
export function wholeNumbers(
  node: OnnxNode,
  name: string,
  { count, least }: { count: number; least: number },
): number[] {
  const given = intsOf(node, name, Array<number>(count).fill(least))
  const isPossible = given.every((each) => each >= least && each <= largestInt)
  if (given.length === count && isPossible) return [...given]
  const shown = given.length > mostShown ? `${given.length} numbers` : `[${given.join(', ')}]`
  throw wrongly(`its attribute ${name} is ${shown}`, `${count} whole numbers from ${least} to ${largestInt}`)
}

const largestInt = 2 ** 31 - 1
const mostShown = 8

/** [samples, channels, height, width] of a map or a sequence. */
export const asMap = (shape: Shape): Shape => (shape.length === 3 ? shape.toSpliced(2, 0, 1) : shape)

const paddingRules = ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER']

interface Padded extends Omit<Windows, 'pads'> {
  /** Of the input, a sequence's as those of a map of one row; `axes`: how many it has itself. */
  sides: Shape
  axes: number
}

function padsOf(node: OnnxNode, { sides, axes, ...windows }: Padded): Four {
  const rule = textOf(node, 'auto_pad', 'NOTSET')
  if (!paddingRules.includes(rule))
    throw wrongly(`its attribute auto_pad is ${rule}`, `one of ${paddingRules.join(', ')}`)
  if (rule === 'NOTSET') {
    const given = wholeNumbers(node, 'pads', { count: 2 * axes, least: 0 })
    return axes === 1 ? [0, given[0]!, 0, given[1]!] : (given as Four)
  }
  if (node.attributes['pads']) throw wrongly(`it has auto_pad ${rule} and pads`, `one of them`)
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

function refuseOtherKernel(node: OnnxNode, sides: Shape): void {
  const given = intsOf(node, 'kernel_shape', sides)
  if (given.join() !== sides.join())
    throw wrongly(
      `its attribute kernel_shape is [${given.join(', ')}]`,
      `[${sides.join(', ')}], as its filters ${node.inputs[1]} are`,
    )
}

function groupsOf(node: OnnxNode, [filters]: Shape): number {
  const groups = intOf(node, 'group', 1)
  if (groups < 1 || filters! % groups !== 0)
    throw wrongly(`its attribute group is ${groups}`, `a divisor of its ${filters} filters`)
  return groups
}

const conv = operator<Settings>({
  infer(node, [x, filter, bias]) {
    if (filter!.array === undefined && filter!.known === undefined)
      throw new GraphProblem('its filters are computed', 'Networks that standardise their filters cannot be trained.')
    refuseOtherKernel(node, filter!.shape.slice(2))
    const { kernel, ...windows } = windowsOf(node, x!.shape, filter!.shape.slice(2))
    const sides = windowCounts(asMap(x!.shape), { kernel, ...windows }).slice(x!.shape.length === 3 ? 1 : 0)
    const groups = groupsOf(node, filter!.shape)
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

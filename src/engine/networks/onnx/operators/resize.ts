import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import { tf, type Tensor } from '../../../tf.ts'
import { GraphProblem } from '../graph/problem.ts'
import { axisOf, sizeOf, type Shape } from '../graph/shapes.ts'
import { alongLast } from './along-last.ts'
import { plain } from './call.ts'
import { joinAligned } from './joins.ts'
import { floatOf, intOf, intsOf, numbers, textOf } from './operands.ts'
import { operator, type Operands, type Operator } from './operator.ts'

interface Settings extends Record<string, string | number | number[]> {
  mode: string
  /** How a place of the output becomes one of the input. */
  coordinates: string
  /** How `nearest` rounds. */
  rounding: string
  /** Of cubic weights. */
  slope: number
  /** Of height and width. */
  scales: number[]
}

/** Place in the input of place `at` of the output. */
type Place = (at: number, along: { scale: number; from: number; to: number }) => number

const halfPixel: Place = (at, { scale }) => (at + 0.5) / scale - 0.5
const places: Readonly<Record<string, Place>> = {
  half_pixel: halfPixel,
  pytorch_half_pixel: (at, along) => (along.to > 1 ? halfPixel(at, along) : 0),
  // As PyTorch, in float32: a place that lies on a pixel must not be rounded to the one before.
  asymmetric: (at, { scale }) => Math.fround(at * Math.fround(1 / scale)),
  align_corners: (at, { from, to }) => (to > 1 ? (at * (from - 1)) / (to - 1) : 0),
}

const roundings: Readonly<Record<string, (place: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
}

/** Weights of the pixels around a place, the first pixel by its index; beyond the edge the one at the edge counts. */
const weightings: Readonly<Record<string, (place: number, settings: Settings) => [first: number, weights: number[]]>> =
  {
    nearest: (place, { rounding }) => [roundings[rounding]!(place), [1]],
    linear(place) {
      const first = Math.floor(place)
      return [first, [1 - (place - first), place - first]]
    },
    cubic(place, { slope }) {
      const first = Math.floor(place) - 1
      return [first, [0, 1, 2, 3].map((tap) => cubicWeight(Math.abs(place - first - tap), slope))]
    },
  }

/** Of a map, as fvcore has the first two. */
const weightCounts: Readonly<Record<string, number>> = { nearest: 1, linear: 4, cubic: 16 }

/** Keys 1981, of a distance. */
function cubicWeight(x: number, a: number): number {
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0
}

/** Every pixel of one side of the output as a sum of those of the input: [from, to]. */
function matrixOf(along: { scale: number; from: number; to: number }, settings: Settings): Tensor {
  const { from, to } = along
  const values = new Float32Array(from * to)
  for (let at = 0; at < to; at++) {
    const [first, weights] = weightings[settings.mode]!(places[settings.coordinates]!(at, along), settings)
    for (const [tap, weight] of weights.entries())
      values[Math.min(Math.max(first + tap, 0), from - 1) * to + at]! += weight
  }
  return tf.tensor2d(values, [from, to])
}

function settingsOf(node: OnnxNode, x: Shape, [, given, sizes]: Operands) {
  const settings = {
    mode: textOf(node, 'mode', 'nearest'),
    coordinates: textOf(node, 'coordinate_transformation_mode', 'half_pixel'),
    rounding: textOf(node, 'nearest_mode', 'round_prefer_floor'),
    slope: floatOf(node, 'cubic_coeff_a', -0.75),
  }
  const isKnown = weightings[settings.mode] && places[settings.coordinates] && roundings[settings.rounding]
  const others = intOf(node, 'antialias', 0) + intOf(node, 'exclude_outside', 0)
  if (!isKnown || others > 0 || textOf(node, 'keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    throw new GraphProblem(`it resizes by ${settings.mode} and ${settings.coordinates} in a way that is not supported`)
  const axes = intsOf(node, 'axes', [...x.keys()]).map((axis) => axisOf(axis, x.length))
  const scales = given && sizeOf(given.shape) > 0 ? numbers(given, 'its scales') : null
  const shape = [...x]
  const all = x.map(() => 1)
  const targets = scales ?? numbers(sizes, 'its sizes')
  axes.forEach((axis, index) => {
    // In float32, as the scale is: 0.7 of 10 are 7.
    shape[axis] = scales ? Math.floor(Math.fround(x[axis]! * scales[index]!)) : targets[index]!
    all[axis] = scales ? scales[index]! : shape[axis] / x[axis]!
  })
  return { shape, settings: { ...settings, scales: all.slice(2) } }
}

/** A map in another size, each side by a product with a matrix, which has a gradient and ONNX for every mode. */
const resize = operator<Settings>({
  infer(node, [x, ...given]) {
    const { shape, settings } = settingsOf(node, x!.shape, given)
    if (shape.length !== 4 || shape[0] !== x!.shape[0] || shape[1] !== x!.shape[1])
      throw new GraphProblem('it resizes other axes than height and width')
    return { outputs: [{ shape, type: 'float32' }], settings, operands: [0] }
  },
  run(call) {
    const [from, to] = [call.inputShape(0).slice(2), call.shape().slice(2)]
    const [rows, columns] = from.map((side, index) =>
      matrixOf({ from: side, to: to[index]!, scale: call.settings.scales[index]! }, call.settings),
    )
    const swapped = [0, 1, 3, 2]
    const wide = tf.transpose(alongLast(call.input(0), columns!), swapped)
    return plain(tf.transpose(alongLast(wide, rows!), swapped))
  },
  operations: ({ outputs: [y], settings: { mode } }) => [
    { kind: 'resize', sizes: { elements: sizeOf(y!.shape), weights: weightCounts[mode]! } },
  ],
  join: joinAligned,
})

export const resizing: Record<string, Operator> = { Resize: resize }

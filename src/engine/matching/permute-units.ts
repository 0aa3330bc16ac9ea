import type { Axis, ParameterSpec } from '../layers/layer.ts'
import type { EngineArray } from '../networks/index.ts'
import { unitCount } from './unit-groups.ts'

/** For each group the old place of the unit at each new place; groups that are left out stay as they are. */
export type Permutations = ReadonlyMap<string, Int32Array>

/** Arrays of a network, in the engine's layout, by name. */
export type EngineArrays = Readonly<Record<string, EngineArray>>

/** A network's arrays with its hidden units permuted: the network's function is unchanged. */
export function permuteUnits(
  parameters: readonly ParameterSpec[],
  arrays: EngineArrays,
  permutations: Permutations,
): Record<string, EngineArray> {
  return Object.fromEntries(parameters.map(({ name, axes }) => [name, permuteAxes(arrays[name]!, axes, permutations)]))
}

/** An array with the units of some of its axes in another order. */
export function permuteAxes(array: EngineArray, axes: readonly Axis[], permutations: Permutations): EngineArray {
  return axes.reduce((result, axis) => {
    const order = permutations.get(axis.group)
    return order ? permuteAxis(result, axis, order) : result
  }, array)
}

function permuteAxis(array: EngineArray, axis: Axis, order: Int32Array): EngineArray {
  const { shape, values } = array
  const { rows, total, offset, width } = stretches(array, axis)
  const result = values.slice()
  for (let row = 0; row < rows; row++) {
    const start = (row * total + offset) * width
    order.forEach((from, to) => {
      const stretch = values.subarray(start + from * width, start + (from + 1) * width)
      result.set(stretch, start + to * width)
    })
  }
  return { shape, values: result }
}

/**
 * Everything that an array holds of each unit of an axis, one unit after the other: [units, the rest], of which every array of this
 * shape has the entries in the same order.
 */
export function unitRows(array: EngineArray, axis: Axis): Float32Array {
  const { values } = array
  const { rows, total, offset, width } = stretches(array, axis)
  const units = unitCount(array.shape, axis)
  const result = new Float32Array(units * rows * width)
  for (let row = 0; row < rows; row++) {
    for (let unit = 0; unit < units; unit++) {
      const from = (row * total + offset + unit) * width
      result.set(values.subarray(from, from + width), (unit * rows + row) * width)
    }
  }
  return result
}

/**
 * An array as [rows, total, width]: `width` neighbouring entries belong to one unit, and all units of the axis follow each other
 * `rows` times; those of the group from `offset` on.
 */
function stretches({ shape, values }: EngineArray, { axis, repeat = 1, tile = 1, offset = 0 }: Axis) {
  const total = shape[axis]! / (repeat * tile)
  const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1)
  const width = repeat * inner
  return { rows: values.length / (total * width), total, offset, width }
}

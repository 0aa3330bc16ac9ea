import { fromDiskLayout, toDiskLayout } from '../../../main/engine/layers/layout.ts'
import type { ParameterSpec } from '../../../main/engine/layers/layer.ts'
import type { EngineArray } from '../../../main/engine/networks/index.ts'
import type { Stream } from '../../../main/engine/random.ts'

/**
 * A Gaussian direction for one array, of which every filter has the norm of the weights' own filter (filter normalisation, Li et al.
 * 2018): d ← d · ‖w‖/‖d‖. Filters are the slices along the first axis of PyTorch's layout: what leads to one output. Each element of an
 * array with fewer than two axes counts as a filter, so that it moves by its own size, up or down. Values in the engine's layout; the
 * draws come in the order of PyTorch's, and do not depend on the weights.
 */
export function filterNormalised(parameter: ParameterSpec, weights: EngineArray, source: Stream): Float32Array {
  const { shape, values } = toDiskLayout(parameter, weights.values)
  const size = hasFilters(parameter) ? values.length / shape[0]! : 1
  const direction = new Float32Array(values.length)
  for (let from = 0; from < values.length; from += size) {
    const drawn = Float64Array.from({ length: size }, () => source.normal())
    const scale = norm(values.subarray(from, from + size)) / norm(drawn)
    drawn.forEach((value, index) => (direction[from + index] = value * scale))
  }
  return fromDiskLayout(parameter, { shape, values: direction })
}

/** Whether an array has filters of more than one element: biases, parameters of normalisation and mixing factors have none. */
export function hasFilters({ shape }: ParameterSpec): boolean {
  return shape.length > 1
}

function norm(values: Float32Array | Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum)
}

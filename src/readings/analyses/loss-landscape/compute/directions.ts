import type { LossLandscapeParameters } from '../schema.ts'
import type { ParameterSpec } from '../../../../engine/layers/layer.ts'
import type { Network, EngineArray } from '../../../../engine/networks/index.ts'
import { stream, type Stream } from '../../../../engine/random.ts'
import type { EngineArrays } from '../../../../engine/matching/permute-units.ts'
import { fromDiskLayout, toDiskLayout } from '../../../../engine/layers/layout.ts'

/** The two axes of a landscape: a point is θ + α·δ + β·η. */
export const landscapeAxes = ['delta', 'eta'] as const
export type LandscapeAxis = (typeof landscapeAxes)[number]

/** Values of one direction by parameter name, in the engine's layout. */
type Direction = Readonly<Record<string, Float32Array>>
export type Directions = Readonly<Record<LandscapeAxis, Direction>>

/** Parameters that the directions of a landscape move; statistics of batch norm never move. */
export function movedParameters(
  { parameters, groups }: Network,
  { parts, oneDimensional }: Pick<LossLandscapeParameters, 'parts' | 'oneDimensional'>,
): ParameterSpec[] {
  const backbone = new Set(groups.filter(({ kind }) => kind === 'backbone').map(({ name }) => name))
  return parameters.filter(
    (parameter) =>
      parameter.kind === 'parameter' &&
      (parts === 'all' || (parts === 'backbone') === backbone.has(parameter.group)) &&
      (oneDimensional === 'element-wise' || hasFilters(parameter)),
  )
}

/**
 * A pair of filter-normalised directions. Its random numbers are functions of seed, draw, axis and parameter name alone: networks of one
 * shape get the same directions, whatever they were trained to, but for the scale of each filter; and whatever else is moved.
 */
export function landscapeDirections(
  moved: readonly ParameterSpec[],
  arrays: EngineArrays,
  { seed, draw }: { seed: number; draw: number },
): Directions {
  const direction = (axis: LandscapeAxis) =>
    Object.fromEntries(
      moved.map((parameter) => {
        const source = stream(seed, 'loss-landscape', draw, axis, parameter.name)
        return [parameter.name, filterNormalised(parameter, arrays[parameter.name]!, source)]
      }),
    )
  return { delta: direction('delta'), eta: direction('eta') }
}

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
function hasFilters({ shape }: ParameterSpec): boolean {
  return shape.length > 1
}

function norm(values: Float32Array | Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum)
}

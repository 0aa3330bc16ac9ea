import type { LossLandscapeParameters } from '../schema.ts'
import type { ParameterSpec } from '../../../main/engine/layers/layer.ts'
import type { Network } from '../../../main/engine/networks/index.ts'
import { stream } from '../../../main/engine/random.ts'
import { filterNormalised, hasFilters } from './filter-normalised.ts'
import type { EngineArrays } from '../../../main/engine/matching/permute-units.ts'

/** The two axes of a landscape: a point is θ + α·δ + β·η. */
export const landscapeAxes = ['delta', 'eta'] as const
export type LandscapeAxis = (typeof landscapeAxes)[number]

/** Values of one direction by parameter name, in the engine's layout. */
export type Direction = Readonly<Record<string, Float32Array>>
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

import type { ModeConnectivityParameters } from '../schema.ts'
import type { MatchedModel } from './matched-model.ts'

/** Points of the path without matching that are also measured in float32. */
export const exactPoints = (points: number) => [0, points - 1, Math.floor((points - 1) / 2)] as const

export const precisionParts = ({ precision, points }: ModeConnectivityParameters) =>
  precision === 'float32' ? 0 : exactPoints(points).length

/** `moved`: whether the path with matching has points of its own, between ends that both paths share; a part proves the matching. */
export function partCount(
  parameters: ModeConnectivityParameters,
  { sweeps, moved }: Pick<MatchedModel, 'sweeps' | 'moved'>,
) {
  const { matched, points } = parameters
  const ofMatching = matched ? sweeps + 1 + (moved ? points - 2 : 0) : 0
  return precisionParts(parameters) + points + ofMatching
}

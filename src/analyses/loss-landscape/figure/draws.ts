import { mean, standardDeviation } from '../../../shared/statistics.ts'
import type { LandscapePanel, LossSurface } from './panel.ts'

/** One draw of the directions by its index, or the mean over all of them. */
export type ChosenDraw = number | 'mean'

/** What a landscape has so far: draws come one after the other, [exits][points of δ][points of η] each. */
export interface DrawnSurfaces {
  draws: readonly (readonly LossSurface[])[]
  /** Points a side. */
  points: number
  whole: boolean
}

type Chosen = Pick<LandscapePanel, 'values' | 'spread' | 'whole'>

/**
 * The surface of an exit under one draw, or the mean over the draws with their standard deviation where there are several. While the
 * last draw is being computed the mean is over those before it.
 */
export function chosenSurface(
  { draws, points, whole }: DrawnSurfaces,
  { exit, draw }: { exit: number; draw: ChosenDraw },
): Chosen {
  if (draw !== 'mean') {
    const values = draws[draw]?.[exit] ?? unknown(points)
    return { values, spread: null, whole: whole || draw < draws.length - 1 }
  }
  const finished = whole || draws.length < 2 ? draws : draws.slice(0, -1)
  const surfaces = finished.map((exits) => exits[exit]!)
  return {
    values: surfaces.length === 0 ? unknown(points) : surfaces.length === 1 ? surfaces[0]! : combined(surfaces, mean),
    spread: surfaces.length < 2 ? null : combined(surfaces, standardDeviation),
    whole: whole || draws.length > 1,
  }
}

function unknown(points: number): LossSurface {
  return Array.from({ length: points }, () => new Array<null>(points).fill(null))
}

/** Point by point; null where any of the surfaces has no value. */
function combined(surfaces: readonly LossSurface[], by: (values: number[]) => number | null): LossSurface {
  return surfaces[0]!.map((row, i) =>
    row.map((_, j) => {
      const values = surfaces.flatMap((surface) => surface[i]![j] ?? [])
      return values.length === surfaces.length ? by(values) : null
    }),
  )
}

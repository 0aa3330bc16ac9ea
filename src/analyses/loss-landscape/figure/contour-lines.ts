import { cornersOf } from './cells.ts'
import type { SurfaceCell } from './cells.ts'
import type { LossSurface } from './panel.ts'

/** A place on a grid, in indices that may lie between two points. */
export type GridPlace = readonly [number, number]

/**
 * Where a surface has the value `level`: pieces of line by marching squares, linear along the edges of each cell. In a saddle the
 * mean of the corners decides which of them are joined.
 */
export function contourLines(
  values: LossSurface,
  cells: readonly SurfaceCell[],
  level: number,
): [GridPlace, GridPlace][] {
  return cells.flatMap((cell) => piecesOf(cell, cornersOf(values, cell) as number[], level))
}

function piecesOf({ i, j }: SurfaceCell, corners: readonly number[], level: number): [GridPlace, GridPlace][] {
  const places: GridPlace[] = [
    [i[0], j[0]],
    [i[1], j[0]],
    [i[1], j[1]],
    [i[0], j[1]],
  ]
  const crossings = [0, 1, 2, 3].flatMap((edge) => {
    const [from, to] = [edge, (edge + 1) % 4]
    if (corners[from]! >= level === corners[to]! >= level) return []
    const share = (level - corners[from]!) / (corners[to]! - corners[from]!)
    return [between(places[from]!, places[to]!, share)]
  })
  if (crossings.length < 4) return crossings.length === 2 ? [[crossings[0]!, crossings[1]!]] : []
  const [a, b, c, d] = crossings as [GridPlace, GridPlace, GridPlace, GridPlace]
  const middle = corners.reduce((sum, value) => sum + value, 0) / 4
  // The first corner and the middle on one side: lines go round the second and the fourth corner.
  return corners[0]! >= level === middle >= level
    ? [
        [a, b],
        [c, d],
      ]
    : [
        [d, a],
        [b, c],
      ]
}

function between([i, j]: GridPlace, [toI, toJ]: GridPlace, share: number): GridPlace {
  return [i + share * (toI - i), j + share * (toJ - j)]
}

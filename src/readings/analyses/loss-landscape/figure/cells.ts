import type { LandscapePanel, LossSurface } from './panel.ts'

/** A position on a grid, in indices; between two points they are no whole numbers. */
export type GridPosition = readonly [number, number]

/** A rectangle between four points of a grid, by their indices. */
export interface SurfaceCell {
  i: readonly [number, number]
  j: readonly [number, number]
}

/**
 * The rectangles that a surface is drawn as. Of a whole one every square whose four corners have a value: what is missing is a
 * hole. Of one that is still being refined the smallest rectangles whose corners have been computed, so that what is coarse looks
 * coarse and nothing is made up between its points.
 */
export function surfaceCells({ values, whole }: Pick<LandscapePanel, 'values' | 'whole'>): SurfaceCell[] {
  return whole ? squares(values) : refined(values)
}

function squares(values: LossSurface): SurfaceCell[] {
  const steps = values.slice(1).map((_, index) => [index, index + 1] as const)
  return steps.flatMap((i) => steps.map((j) => ({ i, j })).filter((cell) => hasCorners(values, cell)))
}

/** Corners of a cell by their indices, counter-clockwise where δ is to the right and η upwards. */
export function gridCorners({ i, j }: SurfaceCell): GridPosition[] {
  return [
    [i[0], j[0]],
    [i[1], j[0]],
    [i[1], j[1]],
    [i[0], j[1]],
  ]
}

/** Values at the corners of a cell, in their order. */
export function cornersOf(values: LossSurface, cell: SurfaceCell): (number | null)[] {
  return gridCorners(cell).map(([i, j]) => values[i]![j]!)
}

function hasCorners(values: LossSurface, cell: SurfaceCell): boolean {
  return cornersOf(values, cell).every((value) => value !== null)
}

function refined(values: LossSurface): SurfaceCell[] {
  const all = values.map((_, index) => index)
  const rows = all.filter((i) => values[i]!.some((value) => value !== null))
  const columns = all.filter((j) => values.some((row) => row[j] !== null))
  return rows.length < 2 || columns.length < 2 ? [] : divided(values, rows, columns)
}

/** Halves a rectangle, given by all rows and columns in it that have any value, as long as the halves have their corners. */
function divided(values: LossSurface, rows: readonly number[], columns: readonly number[]): SurfaceCell[] {
  const cell = { i: ends(rows), j: ends(columns) }
  const corners = hasCorners(values, cell)
  const has = (i: number, j: number) => values[i]![j] !== null
  const row = middlemost(rows, (i) => !corners || (has(i, cell.j[0]) && has(i, cell.j[1])))
  const column = middlemost(columns, (j) => !corners || (has(cell.i[0], j) && has(cell.i[1], j)))
  if (row !== null && (column === null || rows.length >= columns.length)) {
    return halves(rows, row).flatMap((half) => divided(values, half, columns))
  }
  if (column !== null) return halves(columns, column).flatMap((half) => divided(values, rows, half))
  return corners ? [cell] : []
}

function ends(indices: readonly number[]): [number, number] {
  return [indices[0]!, indices.at(-1)!]
}

function halves(indices: readonly number[], at: number): readonly number[][] {
  return [indices.filter((index) => index <= at), indices.filter((index) => index >= at)]
}

/** Of the inner indices that fit the one nearest to the middle. */
function middlemost(indices: readonly number[], fits: (index: number) => boolean): number | null {
  const [first, last] = ends(indices)
  const distance = (index: number) => Math.abs(index - (first + last) / 2)
  const fitting = indices.slice(1, -1).filter(fits)
  return fitting.length === 0
    ? null
    : fitting.reduce((best, index) => (distance(index) < distance(best) ? index : best))
}

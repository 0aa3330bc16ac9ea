import { cornersOf, gridCorners, surfaceCells, type SurfaceCell } from './cells.ts'
import { centreIndex, type LandscapePanel } from './panel.ts'
import { lossShare, type LossScale } from './scale.ts'
import { surfaceHeight, type SurfacePoint } from './surface-camera.ts'
import { viridisStep } from '../../../../figures/colour-steps.ts'

/** Position of both slices, as indices of coefficients: all δ at one η, and all η at one δ. */
export interface SurfaceCuts {
  delta: number
  eta: number
}

/** Index of the coefficient nearest to a value. */
export function nearestIndex(coefficients: readonly number[], value: number): number {
  const distance = (index: number) => Math.abs(coefficients[index]! - value)
  return coefficients.reduce((best, _, index) => (distance(index) < distance(best) ? index : best), 0)
}

/** A surface as objects in 3D, independent of the renderer. */
export interface SurfaceScene {
  /** Four corners and one colour each, of the mean of its corners on the scale. */
  cells: readonly { corners: readonly SurfacePoint[]; colour: string }[]
  /** Lines of the two slices along the surface, in pieces where it has holes. */
  cuts: readonly (readonly SurfacePoint[])[]
  /** The trained weights; null where their loss is not known. */
  centre: SurfacePoint | null
}

export function surfaceScene(panel: LandscapePanel, scale: LossScale, cuts: SurfaceCuts | null): SurfaceScene {
  const point = (i: number, j: number) => pointAt(panel, scale, [i, j])
  const middle = centreIndex(panel)
  return {
    cells: surfaceCells(panel).map((cell) => ({
      corners: gridCorners(cell).map(([i, j]) => point(i, j)!),
      colour: cellColour(panel, scale, cell),
    })),
    cuts: cuts === null ? [] : cutLines(panel, point, cuts),
    centre: point(middle, middle),
  }
}

/** A point of the grid in space; null where it has no value. */
export function pointAt(
  { coefficients, values }: LandscapePanel,
  scale: LossScale,
  [i, j]: readonly [number, number],
): SurfacePoint | null {
  const loss = values[i]![j]!
  const reach = coefficients.at(-1)!
  if (loss === null) return null
  return [coefficients[i]! / reach, coefficients[j]! / reach, surfaceHeight * lossShare(scale, loss)]
}

/** The colour of the mean of a cell's corners on the scale. */
export function cellColour({ values }: LandscapePanel, scale: LossScale, cell: SurfaceCell): string {
  const shares = (cornersOf(values, cell) as number[]).map((loss) => lossShare(scale, loss))
  return viridisStep(shares.reduce((sum, share) => sum + share, 0) / shares.length)
}

type PointOf = (i: number, j: number) => SurfacePoint | null

function cutLines({ coefficients, whole }: LandscapePanel, point: PointOf, { delta, eta }: SurfaceCuts) {
  const alongDelta = coefficients.map((_, i) => point(i, eta))
  const alongEta = coefficients.map((_, j) => point(delta, j))
  return [alongDelta, alongEta].flatMap((line) => pieces(line, whole))
}

/** A line that is interrupted at holes; points that are not computed yet are passed over, as cells pass over them. */
function pieces(points: readonly (SurfacePoint | null)[], whole: boolean): SurfacePoint[][] {
  const lines: SurfacePoint[][] = [[]]
  for (const point of points) {
    if (point !== null) lines.at(-1)!.push(point)
    else if (whole) lines.push([])
  }
  return lines.filter((line) => line.length > 1)
}

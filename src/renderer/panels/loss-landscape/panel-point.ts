import { contourPlace, contourPointAt } from '../../../readings/analyses/loss-landscape/figure/contour-drawing.ts'
import type { LandscapePanel } from '../../../readings/analyses/loss-landscape/figure/panel.ts'
import { coefficient } from '../../../readings/analyses/loss-landscape/figure/slice.ts'
import {
  surfaceProjection,
  type SurfaceProjection,
} from '../../../readings/analyses/loss-landscape/figure/surface-camera.ts'
import type { SurfaceLook } from '../../../readings/analyses/loss-landscape/figure/surface-drawing.ts'
import { pointAt } from '../../../readings/analyses/loss-landscape/figure/surface-scene.ts'
import { fixed } from '../../../shared/format/numbers.ts'
import type { LossScale } from '../../../readings/analyses/loss-landscape/figure/scale.ts'

/** A point of the grid by its indices. */
export type GridPoint = readonly [number, number]

export interface PanelView {
  view: 'surface' | 'contour'
  look: SurfaceLook
  width: number
  height: number
}

/** The point of a panel under a pixel; null if there is none. */
export function pointUnder(panel: LandscapePanel, of: PanelView, pixel: { x: number; y: number }): GridPoint | null {
  if (of.view === 'contour') return contourPointAt(panel, of, pixel)
  const projection = surfaceProjection(of.look.camera, of)
  return surfacePointAt(panel, { scale: of.look.scale, projection }, pixel)
}

/** Position of a point (pixels); null if it has no value. */
export function pixelOfPoint(panel: LandscapePanel, of: PanelView, place: GridPoint): { x: number; y: number } | null {
  if ((panel.values[place[0]]?.[place[1]] ?? null) === null) return null
  if (of.view === 'contour') {
    const [x, y] = contourPlace(panel, of)(place)
    return { x, y }
  }
  const [x, y] = surfaceProjection(of.look.camera, of).seen(pointAt(panel, of.look.scale, place)!)
  return { x, y }
}

/** `δ −0.25, η 0.50: 1.234 nats`, with its spread over draws. */
export function pointText({ coefficients, values, spread, whole }: LandscapePanel, [i, j]: GridPoint): string {
  const loss = values[i]?.[j] ?? null
  const std = spread?.[i]?.[j] ?? null
  const missing = whole ? 'not finite' : 'not computed yet'
  const value = loss === null ? missing : fixed(loss, 3) + (std === null ? '' : ` ± ${fixed(std, 3)}`)
  return `δ ${coefficient(coefficients[i]!)}, η ${coefficient(coefficients[j]!)}: ${value}`
}

/** Radius in pixels within which a point is hit, and within which the point nearest to the viewer wins. */
const reach = 24
const tie = 5

/** The point of a surface under a pixel, by its indices, the nearest to the viewer; null if there is none. */
function surfacePointAt(
  panel: LandscapePanel,
  { scale, projection }: { scale: LossScale; projection: SurfaceProjection },
  pixel: { x: number; y: number },
): readonly [number, number] | null {
  const near = panel.coefficients.flatMap((_, i) =>
    panel.coefficients.flatMap((_, j) => {
      const point = pointAt(panel, scale, [i, j])
      if (point === null) return []
      const [x, y, nearness] = projection.seen(point)
      const distance = Math.hypot(x - pixel.x, y - pixel.y)
      return distance <= reach ? [{ place: [i, j] as const, distance, nearness }] : []
    }),
  )
  const least = Math.min(...near.map(({ distance }) => distance))
  const candidates = near.filter(({ distance }) => distance <= least + tie)
  return candidates.sort((a, b) => b.nearness - a.nearness || a.distance - b.distance)[0]?.place ?? null
}

import type { LandscapePanel } from './panel.ts'
import type { LossScale } from './scale.ts'
import type { SurfaceProjection } from './surface-camera.ts'
import { pointAt } from './surface-scene.ts'

/** Pixels from a point within which it is pointed at, and within which what is nearer to the reader comes first. */
const reach = 24
const tie = 5

/** The point of a surface under a pixel, by its indices; null where there is none. Of points at one place the nearest to the reader. */
export function surfacePointAt(
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

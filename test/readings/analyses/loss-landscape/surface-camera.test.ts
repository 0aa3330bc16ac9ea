import { describe, expect, it } from 'vitest'
import {
  surfaceHeight,
  surfaceProjection,
} from '../../../../src/readings/analyses/loss-landscape/figure/surface-camera.ts'
import type {
  SurfaceCamera,
  SurfacePoint,
} from '../../../../src/readings/analyses/loss-landscape/figure/surface-camera.ts'

const size = { width: 300, height: 200 }
const from = (camera: Partial<SurfaceCamera>) =>
  surfaceProjection({ azimuth: 0, elevation: 30, zoom: 1, ...camera }, size)
const corners = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [0, surfaceHeight].map((z): SurfacePoint => [x, y, z])))

describe('the camera of surfaces', () => {
  it('looks along η at azimuth 0, so that δ goes to the right', () => {
    const { seen } = from({})
    const [left, right] = [seen([-1, 0, 0]), seen([1, 0, 0])]
    expect(right[0]).toBeGreaterThan(left[0])
    expect(right[1]).toBeCloseTo(left[1])
    // What is near has low η, and is lower in the picture.
    expect(seen([0, -1, 0])[2]).toBeGreaterThan(seen([0, 1, 0])[2])
    expect(seen([0, -1, 0])[1]).toBeGreaterThan(seen([0, 1, 0])[1])
  })

  it('turns the surface by its azimuth', () => {
    const { seen } = from({ azimuth: 90 })
    expect(seen([0, 0, 0])[0]).toBeCloseTo(seen([1, 0, 0])[0])
    expect(seen([0, -1, 0])[0]).toBeGreaterThan(seen([0, 1, 0])[0])
  })

  it('shows heights as lengths that shrink with the elevation', () => {
    const { seen } = from({ elevation: 90 })
    expect(seen([0.3, 0.4, 1])[1]).toBeCloseTo(seen([0.3, 0.4, 0])[1])
    const rise = (elevation: number) => {
      const projection = surfaceProjection({ azimuth: 20, elevation, zoom: 1 }, { width: 100, height: 9000 })
      return projection.seen([0, 0, 0])[1] - projection.seen([0, 0, 1])[1]
    }
    expect(rise(60) / rise(0)).toBeCloseTo(Math.cos(Math.PI / 3))
  })

  it('holds the whole box within the panel from every side', () => {
    for (const azimuth of [-180, -38, 0, 45, 100]) {
      for (const elevation of [5, 28, 68, 90]) {
        for (const [x, y] of corners.map(from({ azimuth, elevation }).seen)) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(300)
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(200)
        }
      }
    }
  })

  it('gives graphics hardware the same picture', () => {
    const { seen, matrix } = from({ azimuth: -38, elevation: 28, zoom: 1.7 })
    for (const point of corners) {
      const vector = [...point, 1]
      const clip = [0, 1, 2].map((row) => vector.reduce((sum, value, c) => sum + matrix[4 * c + row]! * value, 0))
      const [x, y, near] = seen(point)
      expect(((clip[0]! + 1) / 2) * 300).toBeCloseTo(x)
      expect(((1 - clip[1]!) / 2) * 200).toBeCloseTo(y)
      expect(Math.abs(clip[2]!)).toBeLessThan(1)
      expect(-4 * clip[2]!).toBeCloseTo(near)
    }
  })
})

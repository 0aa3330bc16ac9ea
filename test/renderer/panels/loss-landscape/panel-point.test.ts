import { describe, expect, it } from 'vitest'
import { pixelOfPoint, pointText, pointUnder } from '../../../../src/renderer/panels/loss-landscape/panel-point.ts'
import type { PanelView } from '../../../../src/renderer/panels/loss-landscape/panel-point.ts'
import { lossScale } from '../../../../src/readings/analyses/loss-landscape/figure/scale.ts'
import { panelOf, paraboloid } from '../../../readings/analyses/loss-landscape/panels.ts'

const bowl = panelOf(paraboloid)
const scale = lossScale(bowl.values.flat(), { log: false, limit: null })
const place = (view: 'surface' | 'contour', { azimuth = -20, elevation = 90 } = {}): PanelView => ({
  view,
  look: { camera: { azimuth, elevation, zoom: 1 }, scale, cuts: null },
  width: 240,
  height: 240,
})

describe('a point of a panel', () => {
  it.each(['surface', 'contour'] as const)('is found again where it is drawn as %s', (view) => {
    for (const point of [0, 1, 2, 3, 4].flatMap((i) => [0, 2, 4].map((j) => [i, j] as const))) {
      expect(pointUnder(bowl, place(view), pixelOfPoint(bowl, place(view), point)!)).toEqual(point)
    }
  })

  it('is the nearest to the reader where several lie behind each other', () => {
    const flat = panelOf(() => 2)
    // From so low the rows of η are three pixels apart.
    const low = place('surface', { azimuth: 0, elevation: 5 })
    expect(pointUnder(flat, low, pixelOfPoint(flat, low, [2, 4])!)).toEqual([2, 3])
  })

  it('is none outside of a contour, far from a surface, or in a hole', () => {
    expect(pointUnder(bowl, place('contour'), { x: 1, y: 1 })).toBeNull()
    expect(pointUnder(bowl, place('surface'), { x: 1, y: 1 })).toBeNull()
    const hole = panelOf((delta, eta) => (delta === 0 && eta === 0 ? null : 1))
    expect(pixelOfPoint(hole, place('contour'), [2, 2])).toBeNull()
  })

  it('has its coefficients and its loss in words', () => {
    expect(pointText(bowl, [1, 4])).toBe('δ −0.50, η 1.00: 2.500')
    const spread = bowl.values.map((row) => row.map(() => 0.25))
    expect(pointText({ ...bowl, spread }, [2, 2])).toBe('δ 0.00, η 0.00: 1.000 ± 0.250')
    const hole = panelOf(() => null)
    expect(pointText(hole, [0, 0])).toBe('δ −1.00, η −1.00: not finite')
    expect(pointText({ ...hole, whole: false }, [0, 0])).toBe('δ −1.00, η −1.00: not computed yet')
    const near = { ...bowl, coefficients: [-0.01, -0.005, 0, 0.005, 0.01] }
    expect(pointText(near, [1, 4])).toBe('δ −0.005, η 0.01: 2.500')
  })
})

import { describe, expect, it } from 'vitest'
import { contourLines } from '../../../../src/readings/analyses/loss-landscape/figure/contour-drawing.ts'
import { surfaceCells } from '../../../../src/readings/analyses/loss-landscape/figure/cells.ts'
import { panelOf, paraboloid } from './panels.ts'

const linesOf = (panel: ReturnType<typeof panelOf>, level: number) =>
  contourLines(panel.values, surfaceCells(panel), level)

describe('lines of equal loss', () => {
  it('are straight and exact on a plane', () => {
    const lines = linesOf(
      panelOf((delta) => delta),
      0.25,
    )
    expect(lines).toHaveLength(4)
    for (const [i] of lines.flat()) expect(i).toBeCloseTo(2.5)
  })

  it('follow the ellipse of a paraboloid and close', () => {
    const panel = panelOf(paraboloid, { points: 41 })
    const lines = linesOf(panel, 1.5)
    for (const [i, j] of lines.flat()) {
      const [delta, eta] = [(i - 20) / 20, (j - 20) / 20]
      // Linear along edges of 0.05: at most 2 · 0.025² off.
      expect(Math.abs(paraboloid(delta, eta) - 1.5)).toBeLessThan(1.3e-3)
    }
    const ends = new Map<string, number>()
    for (const place of lines.flat()) {
      const key = place.map((index) => index.toFixed(6)).join()
      ends.set(key, (ends.get(key) ?? 0) + 1)
    }
    expect([...new Set(ends.values())]).toEqual([2])
  })

  it('are absent where all losses are on one side of the level, and do not cross a hole', () => {
    expect(linesOf(panelOf(paraboloid), 0.5)).toEqual([])
    const holed = panelOf((delta, eta) => (eta === 0 ? null : delta))
    expect(linesOf(holed, 0.25).flatMap((line) => line.map(([, j]) => j))).toEqual([0, 1, 3, 4].sort())
  })

  it('connect the sides of a saddle as the value at its centre decides', () => {
    const cell = [{ i: [0, 1], j: [0, 1] }] as const
    // Corners (0,0) and (1,1) are high. Their mean is above the level: the two low corners are cut off.
    const joined = contourLines(
      [
        [3, 0],
        [0, 3],
      ],
      cell,
      1,
    )
    expect(joined.map((line) => line.map(([i, j]) => Math.hypot(i - 1, j) < 0.5))).toEqual([
      [true, true],
      [false, false],
    ])
    const apart = contourLines(
      [
        [3, 0],
        [0, 3],
      ],
      cell,
      2,
    )
    expect(apart.map((line) => line.map(([i, j]) => Math.hypot(i, j) < 0.5))).toEqual([
      [true, true],
      [false, false],
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { surfaceCells } from '../../../../src/readings/analyses/loss-landscape/figure/cells.ts'
import { panelOf, paraboloid } from './panels.ts'

const known = (places: readonly number[]) => (delta: number, eta: number) =>
  [delta, eta].every((at) => places.includes(at)) ? 1 : null
const areas = (cells: ReturnType<typeof surfaceCells>) => cells.map(({ i, j }) => (i[1] - i[0]) * (j[1] - j[0]))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('the rectangles of a surface', () => {
  it('are the squares between its points', () => {
    const cells = surfaceCells(panelOf(paraboloid))
    expect(cells).toHaveLength(16)
    expect(cells[0]).toEqual({ i: [0, 1], j: [0, 1] })
    expect(cells.at(-1)).toEqual({ i: [3, 4], j: [3, 4] })
  })

  it('leave a hole around a loss that is not finite', () => {
    const hole = panelOf((delta, eta) => (delta === 0.5 && eta === -0.5 ? null : 1))
    expect(surfaceCells(hole)).toHaveLength(12)
    const corner = panelOf((delta, eta) => (delta === 1 && eta === 1 ? null : 1))
    expect(surfaceCells(corner)).toHaveLength(15)
  })

  it('are coarse where only coarse points have been computed', () => {
    const cells = surfaceCells(panelOf(known([-1, 0, 1]), { whole: false }))
    expect(cells).toEqual([
      { i: [0, 2], j: [0, 2] },
      { i: [0, 2], j: [2, 4] },
      { i: [2, 4], j: [0, 2] },
      { i: [2, 4], j: [2, 4] },
    ])
  })

  it('cover the plane once while one level is being refined', () => {
    const coarse = known([-1, 0, 1])
    const half = panelOf((delta, eta) => (delta <= 0 ? 1 : coarse(delta, eta)), { whole: false })
    const cells = surfaceCells(half)
    expect(sum(areas(cells))).toBe(16)
    expect(areas(cells).filter((area) => area === 1)).toHaveLength(8)
    expect(areas(cells).filter((area) => area > 1)).toEqual([4, 4])
  })

  it('have values at all their corners, whatever points are computed', () => {
    const some = panelOf((delta, eta) => (Math.sin(9 * delta + 5 * eta) > -0.5 ? 1 : null), { points: 9, whole: false })
    for (const { i, j } of surfaceCells(some)) {
      for (const [row, column] of [0, 1, 2, 3].map((corner) => [i[corner & 1]!, j[corner >> 1]!] as const)) {
        expect(some.values[row]![column]).not.toBeNull()
      }
    }
  })

  it('are empty until two rows and two columns are computed', () => {
    expect(surfaceCells(panelOf(known([0]), { whole: false }))).toEqual([])
    expect(surfaceCells(panelOf(() => null, { whole: false }))).toEqual([])
  })
})

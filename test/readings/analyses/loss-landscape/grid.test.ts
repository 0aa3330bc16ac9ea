import { expect, it, test } from 'vitest'
import { gridGroups, gridOrder } from '../../../../src/readings/analyses/loss-landscape/compute/grid.ts'
import { coefficientsOf } from '../../../../src/readings/analyses/loss-landscape/coefficients.ts'

test.each([
  [3, 1, [-1, 0, 1]],
  [5, 0.5, [-0.5, -0.25, 0, 0.25, 0.5]],
])('%d coefficients from −%d', (points, reach, expected) => {
  expect(coefficientsOf({ points, reach })).toEqual(expected)
})

it('coefficients are symmetric about an exact 0 and reach to the very end', () => {
  for (const points of [7, 25, 101]) {
    const coefficients = coefficientsOf({ points, reach: 0.3 })
    expect(coefficients[(points - 1) / 2]).toBe(0)
    expect(coefficients.at(-1)).toBe(0.3)
    expect(coefficients.map((each) => 0 - each).reverse()).toEqual(coefficients)
  }
})

it('visits the corners, the middle row and column, and so on', () => {
  // prettier-ignore
  expect(gridOrder(3)).toEqual([[0, 0], [2, 0], [0, 2], [2, 2], [1, 0], [0, 1], [1, 2], [2, 1], [1, 1]])
})

it('after k² points, k rows and the same k columns are whole; in the end every point, once', () => {
  const order = gridOrder(25)
  for (const sides of [2, 3, 5, 9, 17, 25]) {
    const points = order.slice(0, sides ** 2)
    const rows = new Set(points.map(([row]) => row))
    expect(rows.size).toBe(sides)
    expect(new Set(points.map(([, column]) => column))).toEqual(rows)
    expect(new Set(points.map(String)).size).toBe(sides ** 2)
  }
  expect(order).toHaveLength(625)
})

test.each([
  ['a ResNet-20 on 1,000 images', 4.1e10, 2],
  ['a network of which one point is more than enough', 1e12, 1],
  ['a tiny network', 1e6, 16],
])('groups of %s', (_, macs, size) => {
  const groups = gridGroups(7, macs)
  expect(groups.flat()).toEqual(gridOrder(7))
  expect(groups.map(({ length }) => length)).toEqual(groups.map((_, index) => Math.min(size, 49 - index * size)))
})

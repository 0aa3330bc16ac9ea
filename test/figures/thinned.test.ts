import { expect, it } from 'vitest'
import { thinned } from '../../src/figures/thinned.ts'

const line = (length: number, valueAt: (epoch: number) => number) =>
  Array.from({ length }, (_, index) => ({ epoch: index + 1, value: valueAt(index + 1) }))

it('leaves a short line as it is', () => {
  const points = line(100, (epoch) => epoch)
  expect(thinned(points, 100)).toBe(points)
})

it('keeps a single dip and a single peak of a long line, and its ends', () => {
  const points = line(10_000, (epoch) => (epoch === 3210 ? 10 : epoch === 6543 ? 99 : 50))
  const few = thinned(points, 400)
  expect(few.length).toBeLessThanOrEqual(402)
  expect(few.filter(({ value }) => value !== 50).map(({ epoch }) => epoch)).toEqual([3210, 6543])
  expect([few[0]!.epoch, few.at(-1)!.epoch]).toEqual([1, 10_000])
})

it('keeps the order', () => {
  const epochs = thinned(
    line(5000, (epoch) => Math.sin(epoch)),
    200,
  ).map(({ epoch }) => epoch)
  expect(epochs).toEqual([...epochs].sort((a, b) => a - b))
})

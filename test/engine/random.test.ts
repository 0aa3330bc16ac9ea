import { describe, expect, it } from 'vitest'
import { permutation, stream, symmetricBeta } from '../../src/engine/random.ts'

const draw = (count: number, next: () => number) => Float64Array.from({ length: count }, next)
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length

describe('named streams', () => {
  it('give the same numbers for the same seed and path', () => {
    expect(draw(8, stream(7, 'shuffle', 3).uniform)).toEqual(draw(8, stream(7, 'shuffle', 3).uniform))
  })

  it('differ when the seed or any part of the path differs', () => {
    const first = [stream(7, 'a', 1), stream(8, 'a', 1), stream(7, 'b', 1), stream(7, 'a', 2), stream(7, 'a', 1, 0)]
    expect(new Set(first.map((s) => s.next())).size).toBe(5)
  })

  it('are uniform: mean 1/2, variance 1/12, neighbouring streams uncorrelated', () => {
    const a = draw(50_000, stream(1, 'x', 0).uniform)
    const b = draw(50_000, stream(1, 'x', 1).uniform)
    expect(mean(a)).toBeCloseTo(0.5, 2)
    expect(mean(a.map((v) => (v - 0.5) ** 2))).toBeCloseTo(1 / 12, 2)
    expect(mean(a.map((v, i) => (v - 0.5) * (b[i]! - 0.5)))).toBeCloseTo(0, 2)
  })

  it('are standard normal where asked: moments 0, 1, 0, 3', () => {
    const values = draw(100_000, stream(2, 'normal').normal)
    expect(mean(values)).toBeCloseTo(0, 1)
    expect(mean(values.map((v) => v ** 2))).toBeCloseTo(1, 1)
    expect(mean(values.map((v) => v ** 3))).toBeCloseTo(0, 1)
    expect(Math.abs(mean(values.map((v) => v ** 4)) - 3)).toBeLessThan(0.1)
  })
})

describe('symmetric beta', () => {
  it.each([0.1, 0.8, 1, 4])('alpha %d has mean 1/2 and variance 1 / (4 (2 alpha + 1))', (alpha) => {
    const values = draw(50_000, () => symmetricBeta(alpha, source))
    expect(mean(values)).toBeCloseTo(0.5, 1.9)
    expect(Math.abs(mean(values.map((v) => (v - 0.5) ** 2)) * 4 * (2 * alpha + 1) - 1)).toBeLessThan(0.03)
  })
  const source = stream(3, 'beta')
})

describe('permutation', () => {
  it('holds every index once and puts each at each place equally often', () => {
    const source = stream(4, 'order')
    const first = new Array<number>(5).fill(0)
    for (let i = 0; i < 20_000; i++) {
      const order = permutation(5, source)
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4])
      first[order[0]!]!++
    }
    for (const count of first) expect(Math.abs(count - 4000)).toBeLessThan(250)
  })
})

import { describe, expect, it } from 'vitest'
import { pairedDifference } from '../../../src/engine/evaluation/paired.ts'
import { outlookOf } from '../../../src/readings/more-seeds/compute.ts'
import { furtherSeeds } from '../../../src/readings/more-seeds/schema.ts'
import { table } from '../../../src/readings/more-seeds/table.ts'

const names = { experiment: 'toy', first: 'joint', second: 'mixed' }
/** Differences of 0, 1, 2, …, to which `shift` is added. */
const pairOf = (count: number, shift: number, adjust = (p: number | null) => p) => {
  const found = pairedDifference(
    Array.from({ length: count }, (_, i) => 10 + i + shift),
    Array.from({ length: count }, () => 10),
  )
  return { ...names, ...found, adjustedP: adjust(found.p) }
}

describe('what more seeds would decide of a difference', () => {
  it('is the interval of today, and narrower ones of the same deviation', () => {
    // Three differences 0, 1, 2: mean 1, deviation 1; quantiles of t from a table.
    const { halfWidths, pairCount } = outlookOf(pairOf(3, 0), 1)
    expect(pairCount).toBe(3)
    const quantiles = new Map([
      [3, 4.3027],
      [4, 3.1824],
      [5, 2.7764],
      [6, 2.5706],
      [8, 2.3646],
      [13, 2.1788],
    ])
    furtherSeeds.forEach((more, i) =>
      expect(halfWidths[i]).toBeCloseTo(quantiles.get(3 + more)! / Math.sqrt(3 + more), 4),
    )
  })

  it('counts the fewest seeds with which p times the number of pairs is below 0.05', () => {
    // d̄/s = 1: t = √n; two-sided p < 0.05 first at n = 7 (t = 2.6458 above 2.4469, at n = 6 2.4495 below 2.5706).
    expect(outlookOf(pairOf(3, 0), 1)).toMatchObject({ decided: false, needed: 4 })
    // Three pairs: p < 1/60 first at n = 10 (t = 3.162 above 2.933, at n = 9 3.0 below 3.016).
    expect(outlookOf(pairOf(3, 0), 3)).toMatchObject({ decided: false, needed: 7 })
  })

  it('needs none where the difference is significant after correction, and says nothing where it cannot', () => {
    expect(outlookOf(pairOf(3, 20), 1)).toMatchObject({ decided: true, needed: null })
    expect(
      outlookOf(
        pairOf(3, 20, () => 0.06),
        1,
      ),
    ).toMatchObject({ decided: false, needed: 1 })
    expect(outlookOf(pairOf(1, 5), 1)).toMatchObject({ needed: null, halfWidths: furtherSeeds.map(() => null) })
    // The mean of −1, 0, 1 is zero, which no number of seeds makes significant.
    expect(outlookOf(pairOf(3, -1), 1)).toMatchObject({ decided: false, needed: null })
  })

  it('tests nothing with two seeds', () => {
    expect(outlookOf(pairOf(2, 1000), 1)).toMatchObject({ decided: false, needed: 1 })
  })

  it('is a table with a block for each budget, in words', () => {
    const pairs = [outlookOf(pairOf(3, 0), 1), outlookOf(pairOf(3, -1), 1), outlookOf(pairOf(1, 5), 1)]
    const atBudgets = [
      { budget: 0.5, pairs: [outlookOf(pairOf(3, 20), 1)] },
      { budget: null, pairs },
    ]
    const made = table({ protocol: 'validation', rule: 'confidence', atBudgets })
    const shown = made.blocks.map(({ title, rows }) => [title, ...rows.map(({ cells }) => cells[0]!.printed.text)])
    expect(shown).toEqual([
      ['50\u202f% budget', 'none: decided'],
      ['Unlimited budget', 'about 4', 'more than 100', 'not known'],
    ])
    expect(made.blocks[1]!.rows[0]!.cells.slice(1, 3).map((cell) => cell!.printed.text)).toEqual(['1.00', '2.48'])
  })
})

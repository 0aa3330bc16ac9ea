import { describe, expect, it } from 'vitest'
import type { BudgetReading } from '../../../src/engine/evaluation/budget-reading.ts'
import { readBudget, readingsDifference } from '../../../src/engine/evaluation/budget-reading.ts'
import type { ComparedSummary } from '../../../src/engine/evaluation/evaluation-summary.ts'

interface Made {
  /** Costs and values at three thresholds. */
  validation: [costs: number[], values: number[]]
  test: [costs: number[], values: number[]]
}

const run = (seed: number, { validation, test }: Made, more: object = {}) => {
  const split = ([costs, values]: [number[], number[]]) => ({ curve: { costs, values } })
  return { seed, backboneCost: 100, validation: split(validation), test: split(test), ...more } as unknown as ComparedSummary // prettier-ignore
}
const one = {
  validation: [
    [10, 40, 90],
    [0.5, 0.6, 0.7],
  ],
  test: [
    [12, 45, 95],
    [0.4, 0.55, 0.65],
  ],
} satisfies Made
const other = {
  validation: [
    [10, 58, 99],
    [0.5, 0.7, 0.8],
  ],
  test: [
    [15, 65, 98],
    [0.45, 0.65, 0.75],
  ],
} satisfies Made
const runs = [run(3, one), run(5, other)]
const options = { protocol: 'validation', seedReading: 'averaged' } as const

describe('a reading at a budget', () => {
  it('takes one threshold by the mean cost on validation samples, and is read on test samples in the unit of the metric', () => {
    // Mean costs on validation samples 10, 49, 94.5; on test samples 13.5, 55, 96.5.
    expect(readBudget({ runs }, 0.5, options)).toEqual({
      seeds: [3, 5],
      values: [55.00000000000001, 65],
      costs: [45, 65],
    })
    expect(readBudget({ runs }, 0.5, { ...options, protocol: 'paper' })).toMatchObject({ costs: [12, 15] })
    expect(readBudget({ runs }, null, options)!.values).toEqual([65, 75])
  })

  it('is that of validation samples where these are asked for', () => {
    expect(readBudget({ runs }, 0.5, options, 'validation')).toMatchObject({ values: [60, 70], costs: [40, 58] })
  })

  it('takes a threshold for each seed by its own costs, and is none where one seed has none', () => {
    const each = { ...options, seedReading: 'per-seed' } as const
    expect(readBudget({ runs }, 0.5, each)).toMatchObject({ values: [55.00000000000001, 45] })
    const dear = run(7, {
      ...one,
      validation: [
        [16, 60, 90],
        [0.5, 0.6, 0.7],
      ],
    })
    expect(readBudget({ runs: [...runs, dear] }, 0.15, options)!.costs).toEqual([12, 15, 12])
    expect(readBudget({ runs: [...runs, dear] }, 0.15, each)).toBeNull()
    expect(readBudget({ runs }, 0.09, options)).toBeNull()
  })

  it('of a regression is the best on validation samples under either protocol; of an imported one the deepest', () => {
    const errors = {
      validation: [
        [10, 40, 90],
        [3, 1, 2],
      ],
      test: [
        [10, 40, 90],
        [1, 3, 2],
      ],
    } satisfies Made
    const of = (more: object) => [run(1, errors, { task: 'regression', ...more })]
    for (const protocol of ['validation', 'paper'] as const)
      expect(readBudget({ runs: of({}) }, null, { ...options, protocol })).toMatchObject({ values: [3] })
    expect(readBudget({ runs: of({ imported: {} }) }, null, options)).toMatchObject({ values: [2] })
  })
})

describe('the difference of two readings', () => {
  const reading = (seeds: number[], values: number[]): BudgetReading => {
    return { seeds, values, costs: [] }
  }
  const first = reading([3, 1, 2], [31, 10, 20])

  it('is paired by seed over those that both have', () => {
    const { difference, pairCount, low } = readingsDifference(first, reading([2, 4, 3], [15, 0, 30]))!
    // 31 − 30 and 20 − 15.
    expect([difference, pairCount]).toEqual([3, 2])
    expect(low).toBeCloseTo(3 - 2 * 12.7062047, 5)
  })

  it('is none without a common seed', () => {
    expect(readingsDifference(first, reading([4, 5], [1, 2]))).toBeNull()
  })
})

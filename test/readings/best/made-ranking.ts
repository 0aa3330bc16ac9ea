import type { BestAnswer, Ranked } from '../../../src/readings/best/schema.ts'

/** A series that is worse than the best. */
export const aRanked = (name: string, change: Partial<Ranked> = {}): Ranked => ({
  ...{ experiment: 'toy', regime: name, series: name, look: null, seedCount: 5 },
  validation: { mean: 78, std: 1 },
  behind: { difference: -2, low: -3, high: -1, p: 0.01, untested: null, pairCount: 5, adjustedP: 0.02 },
  isCandidate: false,
  test: null,
  ...change,
})
export const winner = aRanked('mixed', { behind: null, isCandidate: true, test: { mean: 78.64, std: 1.23 } })
/** One that is not. */
export const near = (name: string) =>
  aRanked(name, {
    behind: { difference: -0.5, low: -2, high: 1, p: 0.4, untested: null, pairCount: 5, adjustedP: 0.8 },
    isCandidate: true,
  })
export const answerOf = (...ranking: Ranked[]): BestAnswer => ({
  rule: 'confidence',
  atBudgets: [{ budget: 0.5, ranking, withoutThreshold: [] }],
})

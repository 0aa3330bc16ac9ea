import { expect, it } from 'vitest'
import type { PairReading } from '../../../../../src/renderer/components/compare/differences/pair-reading.ts'
import { primaryMetric } from '../../../../../src/shared/task.ts'
import { pairSentence } from '../../../../../src/renderer/components/compare/differences/words.ts'

const metric = primaryMetric({})
const reading = {
  difference: -3.62,
  low: -6.04,
  high: -1.2,
  adjustedP: 0.0126,
  pairCount: 3,
  mark: 'worse',
  metric,
} as const

it('counts an error in its own unit, and says that less of it is better', () => {
  const error = { ...reading, mark: 'better', metric: primaryMetric({ task: 'regression' }) } as const
  expect(pairSentence({ ...error, difference: -0.25, low: -0.5, high: -0.1 }, 'joint')).toBe(
    '0.2500 MSE below joint (better), 95 % interval −0.5000 … −0.1000, p = 0.013 (Holm) over 3 seeds',
  )
})

it.each<[Partial<PairReading>, string]>([
  [{}, '3.62 points below joint, 95 % interval −6.04 … −1.20, p = 0.013 (Holm) over 3 seeds'],
  [
    { difference: 1, low: 0.5, high: 1.5, adjustedP: 0.0004 },
    '1.00 points above joint, 95 % interval +0.50 … +1.50, p < 0.001 (Holm) over 3 seeds',
  ],
  [
    { low: null, high: null, adjustedP: null, pairCount: 1 },
    '3.62 points below joint; with one seed, significance is unknown',
  ],
])('a pair in words: %o', (changes, sentence) => {
  expect(pairSentence({ ...reading, ...changes }, 'joint')).toBe(sentence)
})

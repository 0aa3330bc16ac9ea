import { expect, it } from 'vitest'
import type { PairReading } from '../../../../../src/renderer/components/compare/differences/pair-reading.ts'
import { primaryMetric } from '../../../../../src/shared/task.ts'
import { pairSentence, untestedSentence } from '../../../../../src/renderer/components/compare/differences/words.ts'

const metric = primaryMetric({})
const reading = {
  difference: -3.62,
  low: -6.04,
  high: -1.2,
  adjustedP: 0.0126,
  untested: null,
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
    { low: null, high: null, adjustedP: null, untested: 'few-seeds', pairCount: 1 },
    '3.62 points below joint over 1 seed; not tested: fewer than 3 seeds are paired',
  ],
  [
    { adjustedP: null, untested: 'few-seeds', pairCount: 2 },
    '3.62 points below joint, 95 % interval −6.04 … −1.20 over 2 seeds; not tested: fewer than 3 seeds are paired',
  ],
  [
    { low: null, high: null, adjustedP: null, untested: 'equal-differences' },
    '3.62 points below joint over 3 seeds; not tested: the difference is the same at every seed',
  ],
])('a pair in words: %o', (changes, sentence) => {
  expect(pairSentence({ ...reading, ...changes }, 'joint')).toBe(sentence)
})

it('why pairs are not tested, each reason once', () => {
  const of = (...reasons: PairReading['untested'][]) => untestedSentence(reasons.map((untested) => ({ untested })))
  expect(of(null, null)).toBeNull()
  expect(of('few-seeds', 'few-seeds')).toBe('Not tested: fewer than 3 seeds are paired.')
  expect(of('equal-differences', null, 'few-seeds')).toBe(
    'Without p: fewer than 3 seeds are paired, or the difference is the same at every seed.',
  )
})

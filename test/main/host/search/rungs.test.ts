import { expect, test } from 'vitest'
import { rungsOf } from '../../../../src/main/host/search/rungs.ts'

test('24 candidates with 5 seeds need four rungs, of 1, 2, 3 and 5 seeds', () => {
  expect(rungsOf({ candidates: 24, seeds: 5, epochs: 108 })).toEqual([
    { divisor: 27, seeds: 1, candidates: 24 },
    { divisor: 9, seeds: 2, candidates: 8 },
    { divisor: 3, seeds: 3, candidates: 3 },
    { divisor: 1, seeds: 5, candidates: 1 },
  ])
})

test('the shortest phase has an epoch in every rung', () => {
  expect(rungsOf({ candidates: 24, seeds: 3, epochs: 26 }).map(({ divisor }) => divisor)).toEqual([9, 3, 1])
  expect(rungsOf({ candidates: 24, seeds: 3, epochs: 2 })).toEqual([{ divisor: 1, seeds: 3, candidates: 24 }])
})

test('two and three candidates are decided after one rung, four after two', () => {
  const rungs = (candidates: number) => rungsOf({ candidates, seeds: 2, epochs: 100 }).map((each) => each.candidates)
  expect([2, 3, 4].map(rungs)).toEqual([
    [2, 1],
    [3, 1],
    [4, 2, 1],
  ])
})

test('a rung whose shortest phase has exactly one epoch is there', () => {
  expect(rungsOf({ candidates: 24, seeds: 1, epochs: 9 }).map(({ divisor }) => divisor)).toEqual([9, 3, 1])
})

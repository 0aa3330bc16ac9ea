import { expect, test } from 'vitest'
import { admitted } from '../../../../src/main/host/search/admission.ts'
import type { Promotion } from '../../../../src/main/host/search/promotion.ts'

const promotion: Promotion = {
  ranked: [4, 2, 7, 1].map((candidate) => ({ candidate, values: [50], samples: 100 })),
  best: 2,
  within: [{ candidate: 7, lead: 0.1, error: 1 }],
}
/** Each candidate takes 10 seconds of the next rung, all together 5 of later ones. */
const hours = (seconds: number) => ({
  seconds,
  ofRung: (candidates: readonly number[]) => 10 * candidates.length,
  ofLater: () => 5,
})

test('those within a standard error go on where the rungs after the next one fit, too', () => {
  expect(admitted(promotion, hours(35))).toEqual({
    entrants: [
      { candidate: 4, because: 'best' },
      { candidate: 2, because: 'best' },
      { candidate: 7, because: 'within' },
    ],
    leftOut: [],
  })
  expect(admitted(promotion, hours(34)).leftOut).toEqual([7])
})

test('what does not fit into the hours is not started, the best first', () => {
  expect(admitted(promotion, hours(19))).toEqual({
    entrants: [{ candidate: 4, because: 'best' }],
    leftOut: [2, 7],
  })
  expect(admitted(promotion, hours(9)).entrants).toEqual([])
})

test('what is trained already goes on, as it costs nothing', () => {
  const trained = [2, 7]
  const ofRung = (candidates: readonly number[]) => 10 * candidates.filter((each) => !trained.includes(each)).length
  expect(admitted(promotion, { seconds: -1, ofRung, ofLater: () => 5 })).toEqual({
    entrants: [
      { candidate: 2, because: 'best' },
      { candidate: 7, because: 'within' },
    ],
    leftOut: [4],
  })
})

test('the best go on where the next rung fits, whatever the later ones take, and those behind them only where all of the best do', () => {
  expect(admitted(promotion, hours(20))).toMatchObject({ entrants: [{ candidate: 4 }, { candidate: 2 }], leftOut: [7] })
  // The second costs more than there is, the one behind it would fit.
  const ofRung = (candidates: readonly number[]) => candidates.reduce((sum, each) => sum + (each === 2 ? 100 : 1), 0)
  expect(admitted(promotion, { seconds: 50, ofRung, ofLater: () => 0 })).toEqual({
    entrants: [{ candidate: 4, because: 'best' }],
    leftOut: [2, 7],
  })
})

test('what a rung takes is that of all who go on, by name', () => {
  const asked: (readonly number[])[] = []
  const ofRung = (candidates: readonly number[]) => (asked.push([...candidates]), candidates.length)
  admitted(promotion, { seconds: 50, ofRung, ofLater: () => 0 })
  expect(asked.filter(({ length }) => length > 1)).toEqual([
    [4, 2],
    [4, 2, 7],
  ])
})

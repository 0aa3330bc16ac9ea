import { expect, test } from 'vitest'
import { decisionsOf } from '../../../src/host/search/sentences.ts'
import type { RungRecord } from '../../../src/shared/search-record.ts'
import type { SearchRow } from '../../../src/store/searches.ts'

/** A search of three rungs that ended after the first one, in which these candidates have scores. */
function cutAfterFirst(scored: readonly number[], entrants: number, seconds = { planned: 0, used: 0 }): SearchRow {
  const rung: RungRecord = {
    ...{
      rung: 0,
      experiment: '',
      enrolled: true,
      startedAt: 0,
      leftOut: [],
      plannedSeconds: seconds.planned,
      secondsBefore: 0,
    },
    entrants: Array.from({ length: entrants }, (_, candidate) => ({ candidate, because: 'all' })),
    end: {
      ...{ at: 0, usedSeconds: seconds.used, out: [] },
      scores: scored.map((value, candidate) => ({ candidate, values: [value], samples: 1000 })),
    },
  }
  const plan = [9, 3, 1].map((divisor) => ({ divisor, epochs: 1, seeds: 1, candidates: 1, seconds: 0 }))
  const record = { candidates: [], pace: [], plan, factorialSeconds: 0, rungs: [rung] }
  return { ...({} as SearchRow), status: 'done', hours: 1, finishedAt: 0, createdAt: 0, record }
}

test('a search that ended before a rung names that rung: the last one where one candidate alone would have gone on', () => {
  const [ofThree] = decisionsOf(cutAfterFirst([90, 50, 40], 3))
  expect(ofThree!.sentence).toBe('Over: rung 3 does not fit into what is left of 1 h. Give more hours to go on.')
  const [ofSix] = decisionsOf(cutAfterFirst([90, 80, 50, 40, 30, 20], 6))
  expect(ofSix!.sentence).toMatch(/^Over: rung 2 does not fit/)
})

test('a search says how much longer its trainings take than planned where a rung therefore no longer fits', () => {
  const [slow] = decisionsOf(cutAfterFirst([90, 50, 40], 3, { planned: 200, used: 1720 }))
  expect(slow!.sentence).toBe(
    'Over: rung 3 does not fit into what is left of 1 h, as trainings take 8.6 times as long as planned. Give more hours to go on.',
  )
  const [quick] = decisionsOf(cutAfterFirst([90, 50, 40], 3, { planned: 200, used: 210 }))
  expect(quick!.sentence).not.toContain('times')
})

test('the next one is the best of those that the rung told from the last that goes on', () => {
  const search = cutAfterFirst([], 4)
  const [first] = search.record.rungs
  // Of the seeds of the second one differences do not vary; those of the third do, so that it is within a standard error.
  const values = [[80, 80], [70, 70], [69, 69], [60, 77]] // prettier-ignore
  first!.end!.scores = values.map((each, candidate) => ({ candidate, values: each, samples: 1000 }))
  const entrants = [0, 1].map((candidate) => ({ candidate, because: 'best' as const }))
  search.record.candidates = values.map((_, place) => ({ name: `c${place}`, regime: 'joint', settings: {}, out: null }))
  search.record.rungs.push({ ...first!, rung: 1, entrants, leftOut: [3], end: null })
  const { sentence } = decisionsOf({ ...search, status: 'running' })[0]!
  expect(sentence).toBe(
    '2 of 4 go on to rung 2: the best 2. The next one is 1.00 points behind, more than one standard error (0.00). c3 would have gone on, but the hours do not suffice.',
  )
})

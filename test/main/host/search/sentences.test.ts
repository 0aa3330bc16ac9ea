import { expect, test } from 'vitest'
import { decisionsOf } from '../../../../src/main/host/search/sentences.ts'
import type { RungRecord } from '../../../../src/shared/runs/search-record.ts'
import type { SearchRow } from '../../../../src/main/store/searches.ts'

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

test('a search says by how much it has trained longer than its hours', () => {
  const endOf = (used: number, spentSeconds = 0) => {
    const search = cutAfterFirst([90, 50, 40], 3, { planned: used, used })
    return decisionsOf({ ...search, record: { ...search.record, spentSeconds } })[0]!.sentence
  }
  const why = 'longer than its hours, which are looked at when an epoch ends.'
  expect(endOf(3600)).not.toContain('longer than its hours')
  expect(endOf(3600.05)).toMatch(new RegExp(` It trained 0\\.05 s ${why}$`))
  expect(endOf(3601, 6.5)).toMatch(new RegExp(` It trained 7\\.5 s ${why}$`))
  expect(endOf(3600 + 200)).toMatch(new RegExp(` It trained 3 min 20 s ${why}$`))
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

/** A search of two rungs with these scores in the first, of which these go on. */
function secondRung(values: number[], goOn: number[], { leftOut = [] as number[], samples = 1000 } = {}): SearchRow {
  const search = cutAfterFirst([], values.length)
  const { record } = search
  const [first] = record.rungs
  first!.end!.scores = values.map((value, candidate) => ({ candidate, values: [value], samples }))
  record.candidates = values.map((_, place) => ({ name: `c${place}`, regime: 'joint', settings: {}, out: null }))
  const entrants = goOn.map((candidate) => ({ candidate, because: 'best' as const }))
  record.rungs.push({ ...first!, rung: 1, startedAt: 5, entrants, leftOut, end: null })
  return { ...search, status: 'running' }
}

test.each([
  // √(0.8 · 0.2 + 0.79 · 0.21) · 10, √(0.79 · 0.21 + 0.78 · 0.22) · 10, √(0.79 · 0.21 + 0.77 · 0.23) · 10.
  [
    'one near it',
    secondRung([80, 79, 10], [0, 1], { samples: 100 }),
    '2 of 3 go on to rung 2: the best 1, and c1, 1.00 points behind, within one standard error (5.71).',
  ],
  [
    'three near it, of which two are named',
    secondRung([80, 79, 78, 77, 10, 10], [0, 1, 2, 3], { samples: 100 }),
    '4 of 6 go on to rung 2: the best 2, and c2, 1.00 points behind, within one standard error (5.81), and c3, 2.00 points behind, within one standard error (5.86).',
  ],
  [
    'more near it than are named',
    secondRung([80, 79, 79, 79, 79, 10], [0, 1, 2, 3, 4], { samples: 100 }),
    ', and 1 more within one standard error.',
  ],
  [
    'two left out',
    secondRung([80, 79, 10], [0], { samples: 100, leftOut: [1, 2] }),
    'c1 and c2 would have gone on, but the hours do not suffice.',
  ],
  [
    'many left out',
    secondRung([80, 79, 10, 10], [0], { samples: 100, leftOut: [1, 2, 3] }),
    '3 more would have gone on, but the hours do not suffice.',
  ],
])('who goes on is said with %s', (_, search, says) => {
  const [promoted] = decisionsOf(search)
  expect(promoted!.at).toBe(5)
  expect(promoted!.sentence).toContain(says)
})

test('a promotion without any who is near or left out says neither', () => {
  const { sentence } = decisionsOf(secondRung([80, 10, 10], [0]))[0]!
  expect(sentence).toBe(
    '1 of 3 go on to rung 2: the best 1. The next one is 70.00 points behind, more than one standard error (1.58).',
  )
  expect(decisionsOf(secondRung([80, 79, 10], [0, 1], { samples: 100 }))[0]!.sentence).toMatch(/ \(5\.71\)\.$/)
  // All of the rung go on: there is no next one.
  expect(decisionsOf(secondRung([80], [0]))[0]!.sentence).toBe('1 of 1 go on to rung 2: the best 1.')
})

test('hours are said as they were given', () => {
  const search = { ...cutAfterFirst([90, 50, 40], 3), hours: 3 }
  expect(decisionsOf(search)[0]!.sentence).toContain('what is left of 3 h')
  expect(decisionsOf(search)[1]!.sentence).toContain('at most 0 s of 3 h;')
  for (const rung of search.record.plan) rung.seconds = 3600
  expect(decisionsOf(search)[1]!.sentence).not.toContain('may not suffice')
})

test('the plan says how many can keep the budget, who cannot and why, and whether the hours may not suffice', () => {
  const search = cutAfterFirst([90, 50], 2)
  search.record.candidates = ['a', 'b', 'c'].map((name) => ({ name, regime: 'joint', settings: {}, out: null }))
  search.record.factorialSeconds = 7200
  const plan = () => decisionsOf(search).at(-1)!.sentence
  expect(plan()).toBe(
    'Plan: 3 candidates in 3 rungs, at most 0 s of 1 h; to train all of them as the file says would take at most 2 h, by calibration.',
  )
  search.record.candidates[1]!.out = 'its cheapest exit costs 60 %'
  for (const rung of search.record.plan) rung.seconds = 1200
  expect(plan()).toContain('2 candidates in 3 rungs, at most 1 h of 1 h;')
  expect(plan()).toMatch(/ 1 series cannot keep the budget: b, its cheapest exit costs 60 %\.$/)
  search.record.plan[0]!.seconds = 1201
  expect(plan()).toMatch(/ The hours may not suffice for the last rung\.$/)
})

test('the end of a search is said by what ended it', () => {
  const search = cutAfterFirst([90, 50, 40], 3)
  const end = (changes: Partial<SearchRow>) => decisionsOf({ ...search, ...changes })
  expect(end({ status: 'stopped', finishedAt: 9 })[0]).toEqual({ at: 9, sentence: 'Stopped.' })
  expect(end({ status: 'failed', error: 'the disk is full', finishedAt: 9 })[0]).toEqual({ at: 9, sentence: 'the disk is full' }) // prettier-ignore
  for (const status of ['running', 'paused'] as const)
    expect(end({ status }).map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/^Plan: /)])
  expect(decisionsOf(cutAfterFirst([], 3))[0]!.sentence).toBe('Over: no candidate of rung 1 has a score.')
  search.record.rungs[0]!.rung = 2
  expect(decisionsOf(search)[0]!.sentence).toBe('Done: the last rung has ended.')
})

test('who is out is said with the rung and the reason, when it has ended', () => {
  const search = cutAfterFirst([90, 50], 3)
  search.record.candidates = ['a', 'b', 'c'].map((name) => ({ name, regime: 'joint', settings: {}, out: null }))
  Object.assign(search.record.rungs[0]!.end!, { at: 4, out: [{ candidate: 2, why: 'it diverged' }] })
  expect(decisionsOf({ ...search, status: 'running' })[0]).toEqual({
    at: 4,
    sentence: 'c is out in rung 1: it diverged.',
  })
})

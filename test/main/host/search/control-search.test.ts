import { expect, it } from 'vitest'
import { chosenSearch, resumeSearch, wasCut } from '../../../../src/main/host/search/control-search.ts'
import { overtime } from '../../../../src/main/host/search/scores.ts'
import type { SearchRow } from '../../../../src/main/store/searches.ts'
import type { RungRecord } from '../../../../src/shared/runs/search-record.ts'

/** Searches, the newest first. */
function store(...all: { id: string; name: string }[]) {
  return { searches: { all: () => all, get: (id: string) => all.find((each) => each.id === id) ?? null } } as never
}
const newest = { id: 'ab3f21', name: 'toy' }
const older = { id: 'ab77', name: 'toy' }
const named = { id: 'c0', name: 'ab' }

it('a search is meant by its id, by a name before the beginning of an id, and of a name the newest', () => {
  const searches = store(newest, older, named)
  expect(chosenSearch(searches, 'ab77')).toBe(older)
  expect(chosenSearch(searches, 'toy')).toBe(newest)
  expect(chosenSearch(searches, 'ab')).toBe(named)
  expect(chosenSearch(searches, 'ab7')).toBe(older)
})

it('a beginning that several ids have, and an empty one, mean no search', () => {
  const searches = store(newest, older)
  const listed = /“a” matches several searches; give more of the id:\n {2}ab3f21 {2}toy\n {2}ab77 {2}toy/
  expect(() => chosenSearch(searches, 'a')).toThrow(listed)
  for (const none of ['', 'x']) expect(() => chosenSearch(searches, none)).toThrow(/There is no search/)
})

function rung(place: number, { out = [], leftOut = [] }: { out?: number[]; leftOut?: number[] }): RungRecord {
  const scores = [0, 1].map((candidate) => ({ candidate, values: [50], samples: 100 }))
  return {
    ...{ rung: place, experiment: '', enrolled: true, startedAt: 0, plannedSeconds: 60, secondsBefore: 0, leftOut },
    entrants: [0, 1, ...out].map((candidate) => ({ candidate, because: 'all' })),
    end: { at: 0, usedSeconds: 100, scores, out: out.map((candidate) => ({ candidate, why: overtime })) },
  }
}

/** A search that is done, what changes it, and how it is now. Nothing of it is trained. */
function doneSearch(...rungs: RungRecord[]) {
  const plan = rungs.map(() => ({ divisor: 1, epochs: 1, seeds: 1, candidates: 1, seconds: 60 }))
  const record = { candidates: [], pace: [], plan, factorialSeconds: 60, rungs }
  let now = { id: 'a', name: 'toy', status: 'done', hours: 2, record } as unknown as SearchRow
  const store = {
    searches: { all: () => [now], get: () => now, put: (row: SearchRow) => (now = row), withStatus: () => [] },
    series: { ofExperiment: () => [] },
    runs: { ofExperiment: () => [] },
    transaction: (work: () => void) => work(),
  }
  const services = { store, events: { publish: () => {} } } as never
  return { resume: (hours?: number) => resumeSearch(services, 'a', hours), now: () => now }
}

it('more hours go back to the first rung that the hours cut, and train on in it if they were over there', async () => {
  const { resume, now } = doneSearch(rung(0, {}), rung(1, { out: [2] }), rung(2, { leftOut: [1] }))
  await resume(3)
  expect(now()).toMatchObject({ status: 'running', hours: 3, record: { spentSeconds: 100 } })
  expect(now().record.rungs.map(({ end }) => end === null)).toEqual([false, true])
  const later = doneSearch(rung(0, { out: [2] }), rung(1, {}))
  expect(wasCut(later.now())).toBe(true)
  await later.resume(3)
  expect(later.now().record.rungs.map(({ end }) => end === null)).toEqual([true])
})

it('a search that is done keeps the hours that it had, unless it goes on with more', async () => {
  const { resume, now } = doneSearch(rung(0, {}))
  for (const hours of [1, 3]) await resume(hours)
  expect(now()).toMatchObject({ status: 'done', hours: 2 })
})

it('a search that the hours cut goes on with more of them alone, not with as many or where none are given', async () => {
  const { resume, now } = doneSearch(rung(0, { out: [2] }), rung(1, {}))
  const before = now()
  for (const hours of [undefined, 1, 2]) await resume(hours)
  expect(now()).toBe(before)
  await resume(2.5)
  expect(now()).toMatchObject({ status: 'running', hours: 2.5 })
})

it('a search that failed before its first rung begins anew', async () => {
  const { resume, now } = doneSearch()
  Object.assign(now(), { status: 'failed', error: 'the data set is gone' })
  await resume(2)
  expect(now()).toMatchObject({ status: 'running', error: null, record: { rungs: [] } })
})

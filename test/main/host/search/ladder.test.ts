import { expect, test } from 'vitest'
import { ladderOf } from '../../../../src/main/host/search/ladder.ts'
import {
  currentRuns,
  idsOfOpen,
  slownessOf,
  usedByAll,
  usedSeconds,
} from '../../../../src/main/host/search/rung-runs.ts'
import type { Entrant, RungRecord, SearchRecord } from '../../../../src/shared/runs/search-record.ts'
import type { Store } from '../../../../src/main/store/open.ts'
import type { RunRow } from '../../../../src/main/store/runs.ts'
import type { SearchRow } from '../../../../src/main/store/searches.ts'

/** A store with two runs of each candidate, the later seed first, whose phases `p0` and `p0-2` took 30 and 5 seconds. */
const store = {
  experiments: {
    get: (id: string) => (id === 'gone' ? null : { name: `experiment ${id}` }),
    testOpenedAt: (id: string) => (id === 'opened' ? 1 : null),
  },
  series: { ofExperiment: () => [0, 1, 2, 3].map((candidate) => ({ id: `s${candidate}` })) },
  runs: {
    ofExperiment: () =>
      [2, 1].flatMap((seed) =>
        [0, 1, 2, 3].map((candidate) => ({
          ...{ id: `r${candidate}-${seed}`, seed, seriesId: `s${candidate}`, deletedAt: null },
          status: seed === 1 ? 'done' : 'running',
        })),
      ),
  },
  phases: { chain: (run: string) => [{ id: 'shared' }, { id: run }] },
  epochs: { seconds: (phase: string) => (phase === 'shared' ? 30 : 5) },
} as unknown as Store

const scale = { samples: 100 }
const entrants = (candidates: number[], because: Entrant['because'] = 'best') =>
  candidates.map((candidate) => ({ candidate, because }))

function rung(place: number, changes: Partial<RungRecord>): RungRecord {
  const known = { experiment: String(place), enrolled: true, startedAt: 0, leftOut: [] }
  return { rung: place, ...known, plannedSeconds: 100, secondsBefore: 0, entrants: [], end: null, ...changes }
}

const ended = (values: Record<number, number>, changes: object = {}): RungRecord['end'] => ({
  ...{ at: 0, usedSeconds: 40, out: [] },
  scores: Object.entries(values).map(([candidate, value]) => ({
    candidate: Number(candidate),
    values: [value],
    ...scale,
  })),
  ...changes,
})

/** A search of three rungs. */
function search(rungs: RungRecord[], status: SearchRow['status'] = 'running'): SearchRow {
  const plan = [4, 2, 1].map((candidates, place) => ({ divisor: 1, epochs: 3 ** place, seeds: 1 + place, candidates, seconds: 50 + place })) // prettier-ignore
  const candidates = [0, 1, 2, 3].map((each) => ({ name: `c${each}`, regime: 'joint', settings: {}, out: null }))
  return { status, record: { candidates, pace: [], plan, factorialSeconds: 0, rungs } } as unknown as SearchRow
}

const nothing = { scores: [], out: [] }
const outcomes = (row: SearchRow, soFar: Parameters<typeof ladderOf>[2] = nothing) =>
  ladderOf(store, row, soFar).map(({ entries }) => entries.map(({ candidate, outcome }) => `${candidate} ${outcome}`))

test('rungs that are planned have their number, length, seeds and time, and no candidates', () => {
  const [, second, third] = ladderOf(store, search([rung(0, { entrants: entrants([0, 1], 'all') })]), nothing)
  expect(second).toEqual({
    ...{ number: 2, epochs: 3, seeds: 2, state: 'planned', candidates: 2, experiment: null },
    ...{ plannedSeconds: 51, usedSeconds: 0, entries: [] },
  })
  expect(third).toMatchObject({ number: 3, epochs: 9, seeds: 3, state: 'planned', candidates: 1, plannedSeconds: 52 })
})

test('of a rung that is being trained candidates stand in their order, scored or not, with their runs by seed', () => {
  const row = search([rung(0, { entrants: entrants([2, 0, 1], 'all') })])
  const soFar = { ...ended({ 1: 70 })!, out: [{ candidate: 0, why: 'it diverged' }] }
  const [first] = ladderOf(store, row, soFar)
  expect(first).toMatchObject({ state: 'running', candidates: 3, experiment: 'experiment 0', plannedSeconds: 100 })
  expect(first!.entries).toEqual([
    { candidate: 2, outcome: 'training', why: null, score: null, test: null, runs: ['r2-1', 'r2-2'] },
    { candidate: 0, outcome: 'out', why: 'it diverged', score: null, test: null, runs: ['r0-1', 'r0-2'] },
    {
      ...{ candidate: 1, outcome: 'scored', why: null, test: null, runs: ['r1-1', 'r1-2'] },
      score: { mean: 70, error: expect.closeTo(10 * Math.sqrt(0.21)) as number, n: 1 },
    },
  ])
})

test('of a rung that has ended the best stand first, each with what became of it', () => {
  const first = rung(0, {
    entrants: entrants([0, 1, 2, 3], 'all'),
    end: ended({ 0: 50, 1: 90, 2: 80, 3: 60 }),
  })
  const second = rung(1, { entrants: [...entrants([1]), ...entrants([2], 'within')], leftOut: [3] })
  expect(outcomes(search([first, second]))).toEqual([
    ['1 goes-on', '2 within', '3 left-out', '0 dropped'],
    ['1 training', '2 training'],
    [],
  ])
  expect(outcomes(search([first]))[0]).toEqual(['1 scored', '2 scored', '3 scored', '0 scored'])
})

test('the first of the last rung is the winner where the search is done, with its test value; others have theirs once they are opened', () => {
  const test = [{ mean: 1, std: null }, { mean: 2, std: null }] // prettier-ignore
  const last = rung(2, { entrants: entrants([0, 1]), end: ended({ 0: 50, 1: 90 }, { test }) })
  const first = rung(0, { entrants: entrants([0, 1], 'all'), end: ended({ 0: 99, 1: 1 }) })
  const tested = (each: RungRecord) => {
    const { entries } = ladderOf(store, search([first, each], 'done'), nothing)[1]!
    return entries.map(({ candidate, outcome, test: read }) => [candidate, outcome, read?.mean])
  }
  const [begun, end, ...others] = ladderOf(store, search([first, last], 'done'), nothing)
  expect(others).toEqual([])
  expect(begun!.entries.map(({ outcome }) => outcome)).toEqual(['goes-on', 'goes-on'])
  expect([end!.number, end!.state]).toEqual([3, 'done'])
  expect(tested(last)).toEqual([
    [1, 'winner', 2],
    [0, 'scored', undefined],
  ])
  expect(tested({ ...last, experiment: 'opened' })).toEqual([
    [1, 'winner', 2],
    [0, 'scored', 1],
  ])
  expect(outcomes(search([first, last], 'paused'))[1]).toEqual(['1 scored', '0 scored'])
})

test('candidates without a score stand last, and a rung whose runs are not queued or are purged has no experiment', () => {
  const end = ended({ 2: 10 }, { out: [{ candidate: 0, why: 'it failed' }] })
  const first = rung(0, { entrants: entrants([0, 2], 'all'), end, enrolled: false })
  expect(outcomes(search([first]))[0]).toEqual(['2 scored', '0 out'])
  const named = (changes: Partial<RungRecord>) => ladderOf(store, search([{ ...first, ...changes }]), nothing)[0]!
  expect(named({}).experiment).toBe(null)
  expect(named({ enrolled: true, experiment: 'gone' }).experiment).toBe(null)
})

test('seconds of a rung count a phase that runs share once, without what was trained before', () => {
  const open = rung(0, { entrants: entrants([0, 1], 'all') })
  // Shared 30, and 5 of each of four runs.
  expect(usedSeconds(store, open)).toBe(50)
  expect(usedSeconds(store, { ...open, secondsBefore: 20 })).toBe(30)
  expect(usedSeconds(store, { ...open, secondsBefore: 60 })).toBe(0)
  expect(usedSeconds(store, { ...open, end: ended({}) })).toBe(40)
  const record = { rungs: [{ ...open, end: ended({}) }, open] } as SearchRecord
  expect(usedByAll(store, record)).toBe(90)
  expect(usedByAll(store, { ...record, spentSeconds: 7 })).toBe(97)
})

test('trainings are slower than planned by all rungs together, and never quicker', () => {
  const took = (plannedSeconds: number, usedSeconds: number) =>
    rung(0, { plannedSeconds, end: ended({}, { usedSeconds }) })
  expect(slownessOf([took(100, 150), took(100, 250)])).toBe(2)
  expect(slownessOf([took(100, 50)])).toBe(1)
  expect(slownessOf([took(0, 50)])).toBe(1)
  expect(slownessOf([])).toBe(1)
})

test('the runs of a search are those of the rung that it is in', () => {
  const first = rung(0, { entrants: entrants([3, 0], 'all') })
  expect(currentRuns(store, { rungs: [first] }).map(({ id }) => id)).toEqual(['r3-1', 'r3-2', 'r0-1', 'r0-2'])
  expect(currentRuns(store, { rungs: [] })).toEqual([])
  expect(currentRuns(store, { rungs: [{ ...first, end: ended({}) }] })).toEqual([])
  const runs = ['queued', 'running', 'paused', 'done', 'failed', 'stopped'].map((status) => ({ id: status, status, deletedAt: null })) // prettier-ignore
  const deleted = { id: 'deleted', status: 'queued', deletedAt: 1 }
  expect(idsOfOpen([...runs, deleted] as unknown as RunRow[])).toEqual(['queued', 'running', 'paused'])
})

import { expect, test } from 'vitest'
import type { SearchRung } from '../../../../src/contract/searches.ts'
import { rankingsOf } from '../../../../src/renderer/components/search/ranking-so-far.ts'

type Entry = SearchRung['entries'][number]
const entry = (candidate: number, mean: number | null, outcome: Entry['outcome'] = 'scored'): Entry => ({
  ...{ candidate, outcome, why: null, test: null, runs: [] },
  score: mean === null ? null : { mean, error: 1, n: 1 },
})
const rung = (number: number, state: SearchRung['state'], entries: Entry[]): SearchRung => ({
  ...{ number, state, entries, epochs: 1, seeds: 1, candidates: entries.length },
  ...{ experiment: null, plannedSeconds: 1, usedSeconds: 0 },
})
const first = rung(1, 'done', [entry(3, 70, 'goes-on'), entry(0, 60, 'goes-on'), entry(1, 50), entry(2, null, 'out')])
const higher = { higherIsBetter: true }

test('the latest rung comes first, with those that are scored, the best first, and the number of the others', () => {
  const second = rung(2, 'running', [entry(3, null, 'training'), entry(0, 61)])
  const [latest, dropped, ...others] = rankingsOf([first, second, rung(3, 'planned', [])], higher)
  expect(latest).toMatchObject({ title: 'Rung 2, in training', open: 1, scored: [{ candidate: 0 }] })
  expect(dropped).toMatchObject({ title: 'Rung 1, dropped', open: 0, scored: [{ candidate: 1 }] })
  expect(others).toEqual([])
})

test('the best of a metric that is better when lower is the lowest', () => {
  const candidatesOf = (metric: { higherIsBetter: boolean }) =>
    rankingsOf([first], metric)[0]!.scored.map(({ candidate }) => candidate)
  expect(candidatesOf(higher)).toEqual([3, 0, 1])
  expect(candidatesOf({ higherIsBetter: false })).toEqual([1, 0, 3])
})

test('ticks hold every score with its error', () => {
  const { ticks } = rankingsOf([first], higher)[0]!
  expect(ticks[0]).toBeLessThanOrEqual(49)
  expect(ticks.at(-1)).toBeGreaterThanOrEqual(71)
})

test('before any rung there is nothing to rank', () => {
  expect(rankingsOf([rung(1, 'planned', [])], higher)).toEqual([])
})

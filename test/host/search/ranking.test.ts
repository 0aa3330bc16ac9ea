import { expect, test } from 'vitest'
import { isDecided, rankingOf, winnerOf } from '../../../src/main/host/search/ranking.ts'
import type { RungRecord, SearchRecord } from '../../../src/shared/search-record.ts'

const percent = { unit: '%', higherIsBetter: true }

/** `scores`: values by candidate. */
function rung(place: number, scores: Record<number, number[]>, out: number[] = []): RungRecord {
  const all = Object.entries(scores).map(([candidate, values]) => ({
    candidate: Number(candidate),
    values,
    samples: 1000,
  }))
  const entrants = [...all.map(({ candidate }) => candidate), ...out]
  return {
    rung: place,
    experiment: '',
    enrolled: true,
    startedAt: 0,
    entrants: entrants.map((candidate) => ({ candidate, because: 'best' })),
    leftOut: [],
    plannedSeconds: 0,
    secondsBefore: 0,
    end: { at: 0, usedSeconds: 0, scores: all, out: out.map((candidate) => ({ candidate, why: '' })) },
  }
}

const record = (rungs: RungRecord[]): SearchRecord => ({
  candidates: [0, 1, 2, 3].map((each) => ({ name: String(each), regime: 'joint', settings: {}, out: null })),
  pace: [],
  plan: [],
  factorialSeconds: 0,
  rungs,
})

test('a candidate stands by its last rung before its score', () => {
  const ranking = rankingOf(record([rung(0, { 0: [90], 1: [50], 2: [70] }, [3]), rung(1, { 1: [60, 62] })]), percent)
  expect(ranking.map(({ candidate, rung: last }) => [candidate, last])).toEqual([
    [1, 1],
    [0, 0],
    [2, 0],
    [3, 0],
  ])
  expect(ranking[0]!.score).toEqual({ mean: 61, error: 1, n: 2 })
  expect(ranking[3]!.score).toBeNull()
})

test('the winner leads in the last rung in which it had a rival', () => {
  const first = rung(0, { 0: [60, 64], 1: [70, 76] })
  expect(winnerOf(record([first, rung(1, { 1: [80, 81] })]), percent)).toEqual({
    candidate: 1,
    rung: 1,
    lead: { rung: 0, rival: 0, lead: 11, error: 1 },
  })
  expect(winnerOf(record([]), percent)).toBeNull()
})

test('a lead within its standard error decides nothing', () => {
  const close = rung(0, { 0: [60, 64], 1: [61, 64] })
  // Differences 1 and 0: 0.5 ± 0.5.
  expect(isDecided(winnerOf(record([close]), percent)!)).toBe(false)
  expect(isDecided(winnerOf(record([rung(0, { 0: [60, 64], 1: [61, 66] })]), percent)!)).toBe(true)
  expect(isDecided(winnerOf(record([rung(0, { 0: [60] })]), percent)!)).toBe(false)
})

import { describe, expect, test } from 'vitest'
import { isDecided, rankingOf, winnerOf } from '../../../../src/main/host/search/ranking.ts'
import { winnerSentence } from '../../../../src/main/host/search/sentences.ts'
import type { RungRecord, SearchRecord } from '../../../../src/shared/runs/search-record.ts'

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
  const first = rung(0, { 0: [60, 64, 62], 1: [70, 76, 73] })
  // Differences 10, 12, 11: mean 11, s = 1, critical t 4.303.
  expect(winnerOf(record([first, rung(1, { 1: [80, 81] })]), percent)).toEqual({
    candidate: 1,
    rung: 1,
    lead: {
      ...{ rung: 0, rival: 0, rivals: 1, difference: 11, untested: null, pairCount: 3 },
      low: expect.closeTo(11 - 4.303 / Math.sqrt(3), 3),
      high: expect.closeTo(11 + 4.303 / Math.sqrt(3), 3),
      p: expect.closeTo(0.003, 3),
    },
  })
  expect(winnerOf(record([]), percent)).toBeNull()
})

test('a rung that is being trained places nobody, and who was in none stands last in the order of the experiment', () => {
  const open = { ...rung(1, { 0: [1], 1: [1] }), end: null }
  const ranking = rankingOf(record([rung(0, { 1: [50], 0: [60] }), open]), percent)
  expect(ranking.map(({ candidate, rung: last }) => [candidate, last])).toEqual([
    [0, 0],
    [1, 0],
    [2, null],
    [3, null],
  ])
  expect(winnerOf(record([rung(0, { 1: [50], 0: [60] }), open]), percent)).toMatchObject({ candidate: 0, rung: 0 })
})

test('a rung without any score decides nothing', () => {
  const first = rung(0, { 0: [60], 1: [50] })
  const winner = winnerOf(record([first, rung(1, {}, [0, 1])]), percent)
  expect(winner).toMatchObject({ candidate: 0, rung: 0, lead: { rung: 0, rival: 1 } })
  expect(winnerOf(record([rung(0, {}, [0, 1])]), percent)).toBeNull()
})

test('of a metric that is better when lower the winner leads by what it is lower', () => {
  const winner = winnerOf(record([rung(0, { 0: [3, 5, 4], 1: [1, 2, 3] })]), { unit: '', higherIsBetter: false })!
  expect(winner).toMatchObject({ candidate: 1, lead: { difference: 2 } })
})

describe('a winner is decided', () => {
  const winnerAmong = (scores: Record<number, number[]>) => winnerOf(record([rung(0, scores)]), percent)!

  test('where the 95 % t interval of its lead is above 0, not where the lead is more than its standard error', () => {
    // Differences 1, 3, 0: mean 1.33, standard error 0.88, t = 1.5 with 2 degrees of freedom.
    expect(isDecided(winnerAmong({ 0: [60, 60, 60], 1: [61, 63, 60] }))).toBe(false)
    // Differences 10, 12, 11.
    expect(isDecided(winnerAmong({ 0: [60, 64, 62], 1: [70, 76, 73] }))).toBe(true)
  })

  test('by an interval that is corrected for all rivals', () => {
    // Differences 3, 5, 4: t = 6.93 with 2 degrees of freedom, p = 0.020.
    const two = { 0: [60, 60, 60], 1: [63, 65, 64] }
    expect(isDecided(winnerAmong(two))).toBe(true)
    expect(isDecided(winnerAmong({ ...two, 2: [10, 10, 10] }))).toBe(true)
    const three = { ...two, 2: [10, 10, 10], 3: [10, 10, 10] }
    expect(isDecided(winnerAmong(three))).toBe(false)
    // Critical t of 2 degrees of freedom, two-sided 1 − 0.05 / 3.
    expect(winnerAmong(three).lead!.low).toBeCloseTo(4 - 7.649 / Math.sqrt(3), 3)
  })

  test('by three seeds at least, whose differences vary', () => {
    const untested = (scores: Record<number, number[]>) => {
      const winner = winnerAmong(scores)
      expect(isDecided(winner)).toBe(false)
      return winner.lead?.untested
    }
    expect(untested({ 0: [60, 64], 1: [61, 66] })).toBe('few-seeds')
    expect(untested({ 0: [60, 64], 1: [61, 65] })).toBe('few-seeds')
    expect(untested({ 0: [60], 1: [99] })).toBe('few-seeds')
    expect(untested({ 0: [60, 64, 62], 1: [61, 65, 63] })).toBe('equal-differences')
    expect(untested({ 0: [60] })).toBeUndefined()
  })

  test('never where it was behind and its rival fell out', () => {
    const first = rung(0, { 0: [70, 76, 73], 1: [60, 64, 62] })
    const winner = winnerOf(record([first, rung(1, { 1: [80, 81, 82] }, [0])]), percent)!
    expect(winner).toMatchObject({ candidate: 1, lead: { rival: 0, difference: -11 } })
    expect(isDecided(winner)).toBe(false)
  })
})

describe('the sentence of the winner', () => {
  const said = (...rungs: RungRecord[]) => {
    const search = { record: record(rungs), budget: 0.5 }
    return winnerSentence(search, winnerOf(search.record, percent)!)
  }

  test('says whether chance explains its lead', () => {
    expect(said(rung(0, { 0: [60, 64, 62], 1: [70, 76, 73] }))).toContain(
      'Its lead of 11.00 points over 0 is beyond chance: its 95 % interval is +8.52 … +13.48.',
    )
    expect(said(rung(0, { 0: [60, 60, 60], 1: [61, 63, 60] }))).toContain(
      'Its lead of 1.33 points over 0 may be chance: its 95 % interval is −2.46 … +5.13.',
    )
  })

  test('says which spread is a standard error, and which a standard deviation over seeds', () => {
    const last = rung(0, { 0: [60, 64, 62], 1: [70, 76, 73] })
    const test = [0, 1].map((mean) => ({ mean, std: 3 }))
    expect(said({ ...last, end: { ...last.end!, test } })).toMatch(
      /^1: accuracy 73\.00 % \(standard error 1\.73\) at 50.% of the backbone’s cost on validation samples \(3 seeds, rung 1\), 1\.00 ± 3\.00 % on test samples\./,
    )
  })

  test('says for how many rivals its interval is corrected', () => {
    const sentence = said(rung(0, { 0: [60, 60, 60], 1: [63, 65, 64], 2: [10, 10, 10] }))
    expect(sentence).toMatch(/is beyond chance: its 95 % interval, corrected for 2 rivals, is \+0\.\d\d … \+7\.\d\d\./)
  })

  test('says why its lead is not tested', () => {
    expect(said(rung(0, { 0: [60, 64], 1: [61, 65] }))).toContain(
      'Its lead of 1.00 points over 0 is not tested: fewer than 3 seeds are paired.',
    )
    expect(said(rung(0, { 0: [60, 64, 62], 1: [61, 65, 63] }))).toContain(
      'is not tested: the difference is the same at every seed.',
    )
    expect(said(rung(0, { 0: [60] }))).toContain('It had no rival.')
  })

  test('claims no lead where the one ahead of it has no score in the last rung', () => {
    const first = rung(0, { 0: [70, 76, 73], 1: [60, 64, 62] })
    const sentence = said(first, rung(1, { 1: [80, 81, 82] }, [0]))
    expect(sentence).toContain('It was 11.00 points behind 0 in rung 1, which has no score in rung 2.')
    expect(sentence).not.toContain('lead')
  })
})

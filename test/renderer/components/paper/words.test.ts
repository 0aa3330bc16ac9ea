import { describe, expect, it } from 'vitest'
import type { ClaimTest } from '../../../../src/shared/paper-report.ts'
import { nameOfId, ownVerdicts, repeatWords, verdictCounts } from '../../../../src/shared/paper-words.ts'
import {
  intervalText,
  leaningText,
  placeText,
  untestedText,
} from '../../../../src/renderer/components/paper/claims/claim-words.ts'
import { runsWords, timeWords } from '../../../../src/renderer/components/paper/detail/experiment-words.ts'
import { isMarked, markMeaning, seedsWords } from '../../../../src/renderer/components/paper/detail/paper-table.ts'
import { totalFacts } from '../../../../src/renderer/components/paper/header/total-words.ts'
import { doneShare, itemsWords, needsWords, problemsOf } from '../../../../src/renderer/components/paper/item-words.ts'
import { paperExperiment, paperItem, paperStatus, paperTable } from '../../support/paper.ts'

const cell = (n: number) => ({ mean: 60, std: null, n })

describe('words about tables and figures', () => {
  it('names them by their ids', () => {
    expect(nameOfId('table-1a')).toBe('Table 1a')
    expect(nameOfId('figure-17')).toBe('Figure 17')
    expect([[], ['table-8'], ['table-8', 'figure-3']].map(itemsWords)).toEqual([
      'the paper',
      'Table 8',
      '2 tables and figures',
    ])
  })

  it('describe what they need and how much of it is done', () => {
    const table = paperItem({ id: 'table-8', runs: { all: 21, done: 12 } })
    expect(needsWords(table)).toBe('12 of 21 runs of 1 experiment')
    expect(doneShare(table)).toBeCloseTo(12 / 21)
    const figure = paperItem({
      id: 'figure-4',
      experiments: ['a', 'b'],
      runs: { all: 9, done: 9 },
      analyses: { kind: 'numerical-rank', all: 9, done: 0 },
    })
    expect(needsWords(figure)).toBe('9 of 9 runs and 0 of 9 analyses of 2 experiments')
    expect(doneShare(figure)).toBe(0.5)
  })

  it('gives each reason why they cannot be trained once', () => {
    const item = paperItem({ id: 'table-1', experiments: ['a', 'b', 'c'] })
    const experiments = ['a', 'b', 'c', 'd'].map((file) =>
      paperExperiment({ file, problem: file === 'c' ? null : file === 'd' ? 'No weights.' : 'No ImageNet.' }),
    )
    expect(problemsOf(item, experiments)).toEqual(['No ImageNet.'])
    const done = experiments.map((experiment) => ({ ...experiment, state: 'done' as const }))
    expect(problemsOf(item, done)).toEqual([])
  })
})

describe('words about own values', () => {
  it('mark those of another setting, and say which it is', () => {
    const own = paperTable({ ownSetting: 'ResNet-14, Fashion-MNIST' })
    expect(isMarked(own)).toBe(true)
    expect(isMarked({ ...own, sameSetting: true })).toBe(false)
    expect(isMarked(paperTable())).toBe(false)
    expect(markMeaning(own, 'desk')).toBe(
      'Own value of another setting at desk scale: ResNet-14, Fashion-MNIST. The published values are of ResNet-34, CIFAR-100: compare the order of regimes, not the values.',
    )
  })

  it('give the number of seeds, or its range', () => {
    const withSeeds = (...counts: number[]) => {
      const [row] = paperTable().rows
      return paperTable({ rows: [{ ...row!, own: [...counts.map(cell), null] }] })
    }
    expect(seedsWords(paperTable())).toBeNull()
    expect(seedsWords(withSeeds(3, 3))).toBe('n = 3')
    expect(seedsWords(withSeeds(3, 2))).toBe('n = 2–3')
  })
})

describe('words about experiments', () => {
  it('count runs by status, what is done first', () => {
    expect(runsWords({ runs: { missing: 1, running: 2, done: 18 } })).toBe('runs: 18 done, 2 running, 1 missing')
    expect(runsWords({ runs: {} })).toBe('no runs')
  })

  it('give the time that it took and the remaining time', () => {
    const experiment = paperExperiment({ file: 'a', trainedSeconds: 200, remainingSeconds: 90 })
    expect(timeWords(experiment)).toBe('trained for 3 min 20 s, at most 1 min 30 s left')
    expect(timeWords({ ...experiment, phases: { all: 8, done: 8 } })).toBe('trained for 3 min 20 s')
    expect(timeWords(paperExperiment({ file: 'a' }))).toBe('')
  })
})

describe('totals', () => {
  const values = (given: Parameters<typeof paperStatus>[0]) =>
    totalFacts(paperStatus(given), { estimatedAt: null }).map(({ value }) => value)

  it('state what was not measured', () => {
    expect(values({})).toEqual(['0 of 6', '0 of 8', 'not measured', 'not known'])
  })

  it('give the time at most and the disk', () => {
    const total = { runs: { all: 1200, done: 6 }, phases: { all: 900, done: 8 } }
    expect(values({ total: { ...total, remainingSeconds: 15_000, bytes: 18_400_000_000 } })).toEqual([
      '6 of 1,200',
      '8 of 900',
      'at most 4 h 10 min',
      '18.4 GB',
    ])
  })

  it('leave no time when everything is trained', () => {
    const total = { runs: { all: 6, done: 6 }, phases: { all: 8, done: 8 }, remainingSeconds: null, bytes: 5000 }
    expect(values({ total })[2]).toBe('none')
  })
})

describe('words about claims', () => {
  const test: ClaimTest = {
    table: 'table-1a',
    budget: 0.25,
    contrast: 'mixed − disjoint',
    published: 24.1,
    expected: '≥ 9',
    publishedVerdict: 'agrees',
    ownVerdict: 'undecided',
    ownHolds: true,
    own: { difference: 3.618, low: -1.2, high: 8.436, p: 0.0004, untested: null, n: 3 },
    repeats: null,
  }

  it('name the table and the budget', () => {
    expect(placeText(test)).toBe('Table 1a, 25 %')
    expect(placeText({ ...test, table: 'table-8', budget: null })).toBe('Table 8, Unlimited')
  })

  it('write the interval with signs, and none where it has too few seeds', () => {
    expect(intervalText(test.own)).toBe('−1.20 … +8.44')
    expect(intervalText({ ...test.own!, low: null })).toBe('–')
    expect(intervalText(null)).toBe('–')
  })

  it('give the direction of an undecided difference', () => {
    expect(leaningText(test)).toBe(', as stated')
    expect(leaningText({ ...test, ownHolds: false })).toBe(', not as stated')
    expect(leaningText({ ...test, ownVerdict: 'agrees' })).toBe('')
    expect(leaningText({ ...test, own: null, ownHolds: null, ownVerdict: 'missing' })).toBe('')
  })

  it('say why a difference is not tested, and which way it points', () => {
    expect(untestedText(test.own)).toBeUndefined()
    expect(untestedText({ ...test.own!, untested: 'few-seeds' })).toBe('Not tested: fewer than 3 seeds are paired.')
    expect(leaningText({ ...test, ownVerdict: 'untested' })).toBe(', as stated')
  })

  it('count a test that repeats one in another table there', () => {
    const tests = [test, { ...test, repeats: 'table-8' }]
    expect(verdictCounts(ownVerdicts(tests))).toBe('1 undecided')
    expect(repeatWords('table-8')).toBe('as in Table 8')
  })

  it('count verdicts', () => {
    expect(verdictCounts(['missing', 'agrees', 'undecided', 'agrees'])).toBe('2 agree, 1 undecided, 1 without values')
    expect(verdictCounts(['untested', 'untested'])).toBe('2 not tested')
  })
})

import { describe, expect, it } from 'vitest'
import { nameOfId, verdictCounts } from '../../../../src/shared/paper/paper-words.ts'
import { answersTable } from '../../../../src/shared/paper/paper-answers-table.ts'
import { claimsTable, ownWords, testsTable } from '../../../../src/shared/paper/paper-claim-tables.ts'
import type { PaperClaim, TestedClaims } from '../../../../src/shared/paper/paper-report.ts'
import { testRuleWords } from '../../../../src/shared/paper/paper-test-rule.ts'
import { runsWords, timeWords } from '../../../../src/renderer/components/paper/detail/experiment-words.ts'
import { totalFacts } from '../../../../src/renderer/components/paper/header/total-words.ts'
import { doneShare, itemsWords, needsWords, problemsOf } from '../../../../src/renderer/components/paper/item-words.ts'
import { firmTestRule, paperClaim, paperExperiment, paperItem, paperStatus } from '../../support/paper.ts'

/** Claims whose rule of testing was there before all runs. */
const tested = (claims: PaperClaim[]): TestedClaims => ({ claims, testRule: firmTestRule })

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
  const own = { difference: 3.618, low: -1.2, high: 8.436, p: 0.0004, untested: null, n: 3 }
  const test: PaperClaim['tests'][number] = {
    table: 'table-1f',
    setting: 'ViT-S, ImageNet-1k',
    budget: 0.25,
    contrast: 'mixed − disjoint',
    published: 24.1,
    publishedHolds: true,
    own,
    ownHolds: true,
    repeats: null,
  }
  const claim = paperClaim({
    id: 'a',
    otherSetting: true,
    own,
    ownHolds: true,
    correctedP: 0.0136,
    ownVerdict: 'agrees',
    tests: [test, { ...test, budget: null, ownHolds: false }, { ...test, table: 'table-8', repeats: 'table-1f' }],
  })
  const texts = (table: ReturnType<typeof testsTable>) =>
    table.blocks.flatMap(({ title, rows }) => [
      ...(title === null ? [] : [[title]]),
      ...rows.map(({ heads, cells }) => [...heads, ...cells.map((cell) => cell!.printed.text)]),
    ])

  it('say what own runs found, and how sure that is', () => {
    expect(ownWords(claim, claim)).toBe('+3.62 [−1.20, 8.44], p = 0.014 (Holm), 1 of 2 tests as stated')
    expect(ownWords(claim, { ...claim, correctedP: 0.0002 })).toBe(
      '+3.62 [−1.20, 8.44], p < 0.001 (Holm), 1 of 2 tests as stated',
    )
    const few = { ...own, low: null, high: null, p: null, untested: 'few-seeds' as const, n: 1 }
    expect(ownWords(claim, { ...claim, own: few, correctedP: null })).toBe(
      '+3.62, fewer than 3 seeds are paired, 1 of 2 tests as stated',
    )
    expect(ownWords(claim, paperClaim({ id: 'b' }))).toBe('–')
  })

  it('have a row for each test, with the setting of its table, and say which repeats another', () => {
    expect(texts(testsTable(claim))).toEqual([
      [
        '1f',
        'ViT-S, ImageNet-1k',
        '25\u202f%',
        'mixed − disjoint',
        '+24.10',
        '+3.62 [−1.20, 8.44]',
        '< 0.001',
        '3',
        'yes',
      ],
      [
        '1f',
        'ViT-S, ImageNet-1k',
        'Unlimited',
        'mixed − disjoint',
        '+24.10',
        '+3.62 [−1.20, 8.44]',
        '< 0.001',
        '3',
        'no',
      ],
      [
        '8',
        'ViT-S, ImageNet-1k',
        '25\u202f%',
        'mixed − disjoint',
        '+24.10',
        '+3.62 [−1.20, 8.44]',
        '< 0.001',
        '3',
        'as in 1f',
      ],
    ])
  })

  it('have one mark for other settings, where it is explained', () => {
    expect(claimsTable(tested([claim])).columns.map(({ title }) => title)).toContain('Own† [95 % interval]')
    expect(claimsTable(tested([claim])).legend).toEqual([expect.stringMatching(/^† Own runs have other networks/)])
    expect(claimsTable(tested([{ ...claim, otherSetting: false }])).legend).toEqual([])
  })

  it('are told by what own runs say of them, the clearest first', () => {
    const others = [
      paperClaim({ id: 'none' }),
      paperClaim({ id: 'open', own, ownHolds: false, ownVerdict: 'undecided' }),
      paperClaim({ id: 'few', own, ownHolds: true, ownVerdict: 'untested' }),
      paperClaim({ id: 'not', own, ownHolds: false, ownVerdict: 'disagrees' }),
    ]
    expect(texts(answersTable(tested([...others, claim]))).map(([first]) => first)).toEqual([
      ...['Hold (1 of 5)', 'what a says', 'Do not hold (1 of 5)', 'what not says'],
      ...['Open: as stated, but not clear of chance (1 of 5)', 'what few says'],
      ...['Open: not as stated, but not clear of chance (1 of 5)', 'what open says'],
      ...['Without own values (1 of 5)', 'what none says'],
    ])
  })

  it('have a row, and a column of the summary, for runs at equal epochs', () => {
    const equalEpochs = { ...claim, own: { ...own, difference: -0.25 }, ownVerdict: 'undecided' as const }
    const both = { ...claim, equalEpochs: { ...equalEpochs, tests: [test] } }
    const [, second] = texts(claimsTable(tested([both])))
    expect(second).toEqual([
      ...['The same at equal epochs, of table 1f', '', '', '−0.25 [−1.20, 8.44]', '0.014', '1 of 1', 'undecided'],
    ])
    expect(answersTable(tested([both])).columns.map(({ title }) => title)).toContain('At equal epochs')
    expect(texts(answersTable(tested([both])))[1]!.slice(1)).toEqual(['+0.40', '+3.62 ± 4.82', '−0.25 ± 8.69, open'])
    expect(answersTable(tested([claim])).columns).toHaveLength(2)
  })

  it('have the verdicts of the former rule beside them where the rule was changed after runs had begun', () => {
    const answer = { ...claim, ownVerdict: 'agrees' as const }
    const former = {
      own: { ...own, difference: 3.5 },
      ownHolds: true,
      correctedP: 0.081,
      ownVerdict: 'undecided' as const,
    }
    const both = { ...answer, former, equalEpochs: { ...answer, former, tests: [test] } }
    const since = Date.UTC(2026, 11, 1, 3, 46)
    const claims = (by: number, isRecorded = true) => ({
      claims: [both, { ...answer, id: 'b', former: answer }],
      testRule: { since, firstRun: { by, isRecorded } },
    })
    const late = texts(claimsTable(claims(since - 60_000)))
    expect(late.map(([first, , , interval, p, , verdict]) => [first, interval, p, verdict])).toEqual([
      ['what a says', '+3.62 [−1.20, 8.44]', '0.014', 'agrees'],
      ['By the former rule of testing', '+3.50 [−1.20, 8.44]', '0.081', 'undecided'],
      ['The same at equal epochs, of table 1f', '+3.62 [−1.20, 8.44]', '0.014', 'agrees'],
      ['By the former rule of testing', '+3.50 [−1.20, 8.44]', '0.081', 'undecided'],
      ['what a says', '+3.62 [−1.20, 8.44]', '0.014', 'agrees'],
    ])
    expect(texts(answersTable(claims(since - 60_000)))[1]!.slice(2)).toEqual([
      '+3.62 ± 4.82 (former rule: open)',
      '+3.62 ± 4.82, holds (former rule: open)',
    ])
    // Runs that are known to be later, and runs of which that is not known.
    expect(texts(claimsTable(claims(since + 60_000)))).toHaveLength(3)
    expect(texts(claimsTable(claims(since + 60_000, false)))).toEqual(late)
  })

  it('say when they got their rule of testing, and whether runs were there before', () => {
    const since = Date.UTC(2026, 11, 1, 3, 46)
    const words = (firstRun: TestedClaims['testRule']['firstRun']) => testRuleWords({ since, firstRun }).split('. ')[0]
    const inForce = 'The rule of testing is in force since 2026-12-01 03:46 UTC'
    expect(words(null)).toBe(`${inForce}.`)
    expect(words({ by: since, isRecorded: true })).toBe(
      `${inForce}, before the first of these runs began (2026-12-01 03:46 UTC).`,
    )
    expect(words({ by: since - 60_000, isRecorded: true })).toBe(
      `${inForce}, which is after data had been seen: the first of these runs had begun on 2026-12-01 03:45 UTC`,
    )
    expect(words({ by: since - 60_000, isRecorded: false })).toMatch(/had begun by 2026-12-01 03:45 UTC$/)
    expect(testRuleWords({ since, firstRun: { by: since, isRecorded: false } })).toContain(
      'Whether some of these runs were there before is not recorded.',
    )
  })

  it('count verdicts', () => {
    expect(verdictCounts(['missing', 'agrees', 'undecided', 'agrees'])).toBe('2 agree, 1 undecided, 1 without values')
    expect(verdictCounts(['untested', 'untested'])).toBe('2 not tested')
  })
})

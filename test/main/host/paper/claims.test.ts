import { expect, test } from 'vitest'
import { termsOf } from '../../../../src/main/host/paper/claims/contrast.ts'
import { criticalT } from '../../../../src/engine/evaluation/student.ts'
import { evaluateClaims } from '../../../../src/main/host/paper/claims/evaluate.ts'
import { independentTables } from '../../../../src/main/host/paper/claims/independent-tables.ts'
import {
  type Claim,
  claimsAt,
  type Expectation,
  readClaims,
} from '../../../../src/main/host/paper/claims/read-claims.ts'
import { readPublishedTables } from '../../../../src/main/host/comparison/evaluation/published.ts'
import { asStatedText } from '../../../../src/shared/paper/paper-claim-tables.ts'
import type { PaperTable } from '../../../../src/shared/paper/paper-report.ts'
import type { PaperRegime } from '../../../../src/shared/methods/regime-names.ts'

const { claims } = await readClaims()
const atLeast = (low: number): Expectation => ({ low, high: Infinity })
const within = (margin: number): Expectation => ({ low: -margin, high: margin })
const between = (low: number, high: number): Expectation => ({ low, high })

/** The published tables as a report has them, without own runs. */
async function published(): Promise<PaperTable[]> {
  const tables = await readPublishedTables()
  return tables.map(({ id, title, task, budgets, network, data, rows }) => ({
    item: id.replace(/[a-f]$/, ''),
    id,
    title,
    task,
    budgets,
    publishedSetting: `${network}, ${data}`,
    ownSetting: null,
    sameSetting: false,
    experiments: [],
    rows: rows.map(({ regime, variant, cells }) => {
      const none = cells.map(() => null)
      return { regime, variant, published: cells, own: none, ownSeeds: [], equalEpochs: null }
    }),
  }))
}

/** Values of seeds 1, 2 … of each regime, at the budgets of the table. */
type Seeds = Partial<Record<PaperRegime, number[][]>>

function own(seeds: Seeds, { budgets = [0.25], task }: { budgets?: number[]; task?: 'regression' } = {}): PaperTable {
  return {
    item: 'table-8',
    id: 'table-8',
    title: 'Table 8',
    task,
    budgets,
    publishedSetting: 'p',
    ownSetting: 'o',
    sameSetting: false,
    experiments: ['Desk: ResNet'],
    rows: Object.entries(seeds).map(([regime, values]) => ({
      regime: regime as PaperRegime,
      variant: null,
      published: budgets.map(() => null),
      own: budgets.map(() => null),
      ownSeeds: values.map((each, index) => ({ seed: index + 1, phase: `${regime}-${index + 1}`, values: each })),
      equalEpochs: null,
    })),
  }
}

function claim(expected: Expectation, contrast = 'mixed − disjoint', budget = 0.25): Claim[] {
  const tests = [{ tables: ['table-8'], budgets: [budget], contrasts: [contrast] }]
  return [{ id: 'a', statement: 'A statement.', expected, tests }]
}

/** The claim that mixed is so much above disjoint at 25 %, alone in its family. */
const found = (expected: Expectation, ...tables: PaperTable[]) => evaluateClaims(claim(expected), tables)[0]!

/** Differences 10, 11 and 12 of three seeds: 11 ± 4.302653 / √3 = 11 ± 2.484. */
const eleven: Seeds = { mixed: [[20], [22], [24]], disjoint: [[10], [11], [12]] }

test('the published values agree with every claim and every test of it, exceptions as claims of their own', async () => {
  const evaluated = evaluateClaims(claims, await published())
  expect(evaluated).toHaveLength(claims.length)
  expect(evaluated.filter(({ publishedHolds }) => publishedHolds !== true).map(({ id }) => id)).toEqual([])
  const tests = evaluated.flatMap(({ id, tests }) => tests.map((test) => ({ id, ...test })))
  expect(tests.filter(({ publishedHolds }) => publishedHolds !== true)).toEqual([])
  expect(evaluated.every(({ own, ownVerdict }) => own === null && ownVerdict === 'missing')).toBe(true)
})

test('all tables of a claim have one metric, and ids are unique', async () => {
  const tasks = new Map((await published()).map(({ id, task }) => [id, task]))
  for (const { tests } of claims)
    expect(new Set(tests.flatMap((each) => each.tables.map((table) => tasks.get(table)))).size).toBe(1)
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
})

test('without the exceptions made, the published values refute the general statements', async () => {
  const tables = await published()
  const refuting = (table: string, budget: number, expected: Expectation, contrast = 'mixed − joint') => {
    const tests = [{ tables: [table], budgets: [budget], contrasts: [contrast] }]
    const [{ published, publishedHolds }] = evaluateClaims([{ id: 'a', statement: '', expected, tests }], tables) as [
      ReturnType<typeof evaluateClaims>[0],
    ]
    return [publishedHolds, published!.toFixed(2)]
  }
  expect(refuting('table-9', 0.5, atLeast(0))).toEqual([false, '-0.01'])
  expect(refuting('table-7', 0.5, atLeast(-0.5), 'mixed, Every-3 − joint, Every-3')).toEqual([false, '-0.81'])
  expect(refuting('table-7', 0.5, atLeast(0), 'mixed, Every-4 − joint, Every-4')).toEqual([false, '-0.47'])
  expect(refuting('table-14', 0.25, atLeast(-0.02))).toEqual([false, '0.73'])
  expect(refuting('table-13', 0.75, atLeast(0), 'mixed-gradual − mixed')).toEqual([false, '-3.90'])
  expect(refuting('table-20', 0.25, atLeast(9), 'joint, 1L − disjoint, 1L')).toEqual([false, '5.83'])
})

test('two seeds have the t interval of one degree of freedom, but no p and no verdict', () => {
  // Differences 1 and 3: mean 2, standard error 1, critical t 12.706.
  const {
    own: difference,
    ownVerdict,
    ownHolds,
  } = found(atLeast(0), own({ mixed: [[11], [13]], disjoint: [[10], [10]] }))
  expect(difference).toMatchObject({ difference: 2, p: null, untested: 'few-seeds', n: 2 })
  expect(difference!.low).toBeCloseTo(2 - 12.7062047, 6)
  expect(difference!.high).toBeCloseTo(2 + 12.7062047, 6)
  expect([ownVerdict, ownHolds]).toEqual(['untested', true])
  // An interval that is clear of what is stated changes nothing.
  expect(found(atLeast(0), own({ mixed: [[30], [30.1]], disjoint: [[10], [10]] })).ownVerdict).toBe('untested')
})

test('one pair has a difference without an interval, and no verdict', () => {
  const { own: difference, ownVerdict } = found(atLeast(9), own({ mixed: [[30]], disjoint: [[10]] }))
  expect(difference).toEqual({ difference: 20, low: null, high: null, p: null, untested: 'few-seeds', n: 1 })
  expect(ownVerdict).toBe('untested')
})

test('a difference that is the same at every seed has no verdict, also where it is one of four values', () => {
  // −5 of 36 images at each of three seeds.
  const of36 = (...right: number[]) => right.map((each) => [(100 * each) / 36])
  const table = own({ mixed: of36(30, 25, 31), disjoint: of36(35, 30, 36), joint: of36(12, 20, 11) })
  expect(found(atLeast(0), table)).toMatchObject({
    own: { low: null, high: null, p: null, untested: 'equal-differences', n: 3 },
    correctedP: null,
    ownVerdict: 'untested',
    ownHolds: false,
  })
  const [{ ownVerdict }] = evaluateClaims(claim(atLeast(0), '(mixed − joint) − (disjoint − joint)'), [table]) as [
    ReturnType<typeof evaluateClaims>[0],
  ]
  expect(ownVerdict).toBe('untested')
})

test.each([
  [atLeast(0), 'agrees', true],
  [atLeast(8.5), 'agrees', true],
  [atLeast(9), 'undecided', true],
  [atLeast(12), 'undecided', false],
  [atLeast(13.5), 'disagrees', false],
  [within(14), 'agrees', true],
  [within(12), 'undecided', true],
  [within(8), 'disagrees', false],
  [between(9, 40), 'undecided', true],
])('a claim alone agrees or disagrees where the whole interval of three pairs does: %o', (expected, verdict, holds) => {
  const { own: difference, ownVerdict, ownHolds } = found(expected, own(eleven))
  expect(difference!.low).toBeCloseTo(11 - 4.30265273 / Math.sqrt(3), 6)
  expect([ownVerdict, ownHolds]).toEqual([verdict, holds])
})

test('p is of the distance to what is stated, of the nearer bound where there are two', () => {
  // t = (11 − bound) √3; with two degrees of freedom p = 1 − t / √(t² + 2).
  const p = (bound: number) => {
    const t = Math.abs(11 - bound) * Math.sqrt(3)
    return 1 - t / Math.sqrt(t * t + 2)
  }
  const pOf = (expected: Expectation) => found(expected, own(eleven)).own!.p
  expect(pOf(atLeast(-0.5))).toBeCloseTo(p(-0.5), 9)
  expect(pOf(atLeast(12))).toBeCloseTo(p(12), 9)
  expect(pOf(between(9, 40))).toBeCloseTo(p(9), 9)
  expect(pOf(within(8))).toBeCloseTo(p(8), 9)
})

test('at least as good: a little below is within the margin, clear of it is not', () => {
  // Differences −0.2, −0.25 and −0.15.
  const below: Seeds = { mixed: [[19.8], [20.75], [21.85]], disjoint: [[20], [21], [22]] }
  expect(found(atLeast(-0.5), own(below))).toMatchObject({ ownVerdict: 'agrees', ownHolds: true })
  expect(found(atLeast(0), own(below))).toMatchObject({ ownVerdict: 'disagrees', ownHolds: false })
})

test('a claim is tested once, by the mean of its tests at each seed', () => {
  // At 25 % the differences are 5, −1 and 8, at 50 % 1, 7.2 and −2.2: each test is open, their means 3, 3.1 and 2.9 are not.
  const table = own(
    {
      mixed: [
        [15, 11],
        [9, 17.2],
        [18, 7.8],
      ],
      disjoint: [
        [10, 10],
        [10, 10],
        [10, 10],
      ],
    },
    { budgets: [0.25, 0.5] },
  )
  const tests = [{ tables: ['table-8'], budgets: [0.25, 0.5], contrasts: ['mixed − disjoint'] }]
  const [result] = evaluateClaims([{ id: 'a', statement: '', expected: atLeast(0), tests }], [table])
  expect(result!.tests.map(({ own }) => own!.p! > 0.05)).toEqual([true, true])
  expect(result!.own).toMatchObject({ n: 3 })
  expect(result!.own!.difference).toBeCloseTo(3, 9)
  expect(result!.ownVerdict).toBe('agrees')
})

/** The claim on two tables of equal numbers, of other weights. */
function onTwo(changes: Partial<PaperTable>) {
  const first = own(eleven)
  const second = { ...first, id: 'table-9', rows: first.rows.map(otherRuns), ...changes }
  const tests = [{ tables: ['table-8', 'table-9'], budgets: [0.25], contrasts: ['mixed − disjoint'] }]
  return evaluateClaims([{ id: 'a', statement: '', expected: atLeast(0), tests }], [first, second])[0]!
}

test('runs of another setting and experiment are independent, whatever their seeds: variances add up', () => {
  // 11 ± 1/√3 twice: standard error 1/√6 with four degrees of freedom, critical t 2.776.
  const { own: difference } = onTwo({ publishedSetting: 'q', experiments: ['Desk: MSDNet'] })
  expect(difference).toMatchObject({ difference: 11, n: 3 })
  expect(difference!.low).toBeCloseTo(11 - 2.77644511 / Math.sqrt(6), 7)
})

test.each([
  ['setting', { experiments: ['Desk: MSDNet'] }],
  ['experiment', { publishedSetting: 'q', experiments: ['Desk: MSDNet', 'Desk: ResNet'] }],
])('runs of one %s are averaged at each seed', (_, changes) => {
  expect(onTwo(changes).own!.low).toBeCloseTo(11 - 4.30265273 / Math.sqrt(3), 6)
})

test('tables that each have something in common with a third are of one group', () => {
  const tables = [
    { ...own(eleven), id: 'a', publishedSetting: 'p', experiments: ['first'] },
    { ...own(eleven), id: 'b', publishedSetting: 'q', experiments: ['second'] },
    { ...own(eleven), id: 'c', publishedSetting: 'r', experiments: [] },
    { ...own(eleven), id: 'd', publishedSetting: 'q', experiments: ['first'] },
  ]
  expect(independentTables(tables).map((group) => group.map(({ id }) => id))).toEqual([['c'], ['a', 'b', 'd']])
})

test('tables of a claim may have something in common by one that it is not about', () => {
  const first = { ...own(eleven), experiments: ['first'] }
  const second = { ...own(eleven), id: 'table-9', publishedSetting: 'q', experiments: ['second'] }
  const between = { ...own(eleven), id: 'table-10', publishedSetting: 'r', experiments: ['first', 'second'] }
  const tables = [first, { ...second, rows: second.rows.map(otherRuns) }]
  const tests = [{ tables: ['table-8', 'table-9'], budgets: [0.25], contrasts: ['mixed − disjoint'] }]
  const lowOf = (all: PaperTable[]) =>
    evaluateClaims([{ id: 'a', statement: '', expected: atLeast(0), tests }], all)[0]!.own!.low
  expect(lowOf([...tables, between])).toBeCloseTo(11 - 4.30265273 / Math.sqrt(3), 6)
  expect(lowOf(tables)).toBeCloseTo(11 - 2.77644511 / Math.sqrt(6), 7)
})

test('independent tables count by the number of their tests, and with all their seeds', () => {
  const first = own(
    {
      mixed: [
        [20, 21],
        [22, 23],
        [24, 25],
      ],
      disjoint: [
        [10, 10],
        [11, 11],
        [12, 12],
      ],
    },
    { budgets: [0.25, 0.5] },
  )
  const second = own({ mixed: [[1], [3], [2], [4]], disjoint: [[0], [0], [0], [0]] })
  const other = {
    ...second,
    id: 'table-9',
    publishedSetting: 'q',
    experiments: ['x'],
    rows: second.rows.map(otherRuns),
  }
  const about = { budgets: [0.25, 0.5], contrasts: ['mixed − disjoint'] }
  const tests = [
    { ...about, tables: ['table-8'] },
    { ...about, tables: ['table-9'], budgets: [0.25] },
  ]
  const [{ own: difference }] = evaluateClaims(
    [{ id: 'a', statement: '', expected: atLeast(0), tests }],
    [first, other],
  ) as [ReturnType<typeof evaluateClaims>[0]]
  // Two tests of 11.5 in the mean, s = 1 over three seeds; one of 2.5, s² = 5/3 over four.
  const [a, b] = [(4 / 9) * (1 / 3), (1 / 9) * (5 / 12)]
  expect(difference!.difference).toBeCloseTo((2 * 11.5 + 2.5) / 3, 9)
  const t = criticalT(0.95, (a + b) ** 2 / (a ** 2 / 2 + b ** 2 / 3))
  expect(difference!.high! - difference!.difference).toBeCloseTo(t * Math.sqrt(a + b), 9)
})

test('beside its verdict a claim has that of the former rule, over the seeds that all its tests have', () => {
  // Two networks of three seeds: differences 10, 11, 12 and 4, 5, 9. Their mean at each seed is 7, 8, 10.5.
  const [first, second] = [own(eleven), own({ mixed: [[14], [16], [21]], disjoint: [[10], [11], [12]] })]
  const elsewhere = { ...second, id: 'table-9', publishedSetting: 'q', experiments: ['Desk: ViT'] }
  const tests = [{ tables: ['table-8', 'table-9'], budgets: [0.25], contrasts: ['mixed − disjoint'] }]
  const [result] = evaluateClaims(
    [{ id: 'a', statement: '', expected: atLeast(7), tests }],
    [first, { ...elsewhere, rows: elsewhere.rows.map(otherRuns) }],
  )
  const { former, ...answer } = result!
  expect(former.own).toMatchObject({ difference: 8.5, n: 3, untested: null })
  // s = √(13/4) over three seeds, two degrees of freedom; over networks the standard error is √(1/3 + 7/3) / 2.
  expect(former.own!.high! - 8.5).toBeCloseTo((criticalT(0.95, 2) * Math.sqrt(13 / 4)) / Math.sqrt(3), 9)
  const freedom = (1 / 3 + 7 / 3) ** 2 / ((1 / 3) ** 2 / 2 + (7 / 3) ** 2 / 2)
  expect(answer.own!.high! - 8.5).toBeCloseTo((criticalT(0.95, freedom) * Math.sqrt(8 / 3)) / 2, 9)
  expect(former).toMatchObject({ ownHolds: true, ownVerdict: 'undecided', correctedP: former.own!.p })
})

test('of one network both rules say the same', () => {
  const { former, own: difference, ownHolds, ownVerdict, correctedP } = found(atLeast(8.5), own(eleven))
  expect(former).toEqual({ own: difference, ownHolds, ownVerdict, correctedP })
})

test('a claim is of the seeds that all its tests of one network have', () => {
  const [first, second] = [own(eleven), own({ mixed: [[30], [30]], disjoint: [[10], [11]] })]
  const tests = [{ tables: ['table-8', 'table-9'], budgets: [0.25], contrasts: ['mixed − disjoint'] }]
  const [result] = evaluateClaims(
    [{ id: 'a', statement: '', expected: atLeast(0), tests }],
    [first, { ...second, id: 'table-9', rows: second.rows.map(otherRuns) }],
  )
  expect(result!.tests.map(({ own }) => own!.n)).toEqual([3, 2])
  // Seed 1: (10 + 20) / 2, seed 2: (11 + 19) / 2.
  expect(result).toMatchObject({ own: { difference: 15, n: 2, untested: 'few-seeds' }, ownVerdict: 'untested' })
})

/** The same values of other weights. */
const otherRuns = (row: PaperTable['rows'][number]) => ({
  ...row,
  ownSeeds: row.ownSeeds.map((each) => ({ ...each, phase: `other-${each.phase}` })),
})

test('p is corrected by Holm over all claims, those without values among them', () => {
  const p = found(atLeast(0), own(eleven)).own!.p!
  const larger = found(atLeast(7), own(eleven)).own!.p!
  const [none] = claim(atLeast(0), 'mixed − separate')
  const family = [...claim(atLeast(0)), ...claim(atLeast(7)), none!, { ...none!, tests: [] }]
  const corrected = evaluateClaims(family, [own(eleven)]).map(({ correctedP }) => correctedP)
  expect(corrected).toEqual([4 * p, 3 * larger, null])
  expect(evaluateClaims(claim(atLeast(7)), [own(eleven)])[0]!.ownVerdict).toBe('agrees')
  expect(evaluateClaims(family, [own(eleven)]).map(({ ownVerdict }) => ownVerdict)).toEqual([
    ...['agrees', 'undecided', 'missing'],
  ])
})

test('claims about runs at equal epochs are a family of their own', () => {
  // With early stopping 11 ± 2.484 points; at equal epochs the same below 0.
  const turned = own({ mixed: eleven.disjoint!, disjoint: eleven.mixed! })
  const table = own(eleven)
  table.rows.forEach((row, index) => {
    const { own: cells, ownSeeds } = turned.rows[index]!
    row.equalEpochs = { own: cells, ownSeeds: ownSeeds.map((each) => ({ ...each, phase: `equal-${each.phase}` })) }
  })
  const elsewhere = {
    ...claim(atLeast(0))[0]!,
    id: 'b',
    tests: [{ ...claim(atLeast(0))[0]!.tests[0]!, tables: ['table-9'] }],
  }
  const p = found(atLeast(0), own(eleven)).own!.p!
  const [first, second] = evaluateClaims([...claim(atLeast(0)), elsewhere], [table, { ...own(eleven), id: 'table-9' }])
  expect(first).toMatchObject({ ownVerdict: 'agrees', correctedP: 2 * p })
  expect(first!.equalEpochs).toMatchObject({ own: { difference: -11, n: 3 }, ownHolds: false, ownVerdict: 'disagrees' })
  expect(first!.equalEpochs!.correctedP).toBeCloseTo(p, 12)
  expect(first!.equalEpochs!.tests.map((test) => test.table)).toEqual(['table-8'])
  expect(second).toMatchObject({ ownVerdict: 'agrees', equalEpochs: null })
})

test('claims of the paper’s sizes are about runs at its scale alone', () => {
  const [desk, paper] = [claimsAt(claims, 'desk'), claimsAt(claims, 'paper')].map((some) => some.map(({ id }) => id))
  expect(paper).toEqual(claims.map(({ id }) => id))
  expect(paper!.filter((id) => !desk!.includes(id))).toEqual([
    'disjoint-far-below-at-25',
    'imagenette-gap-at-25',
    'joint-little-ahead-of-mixed',
    'branch-wise-plateau',
    'larger-heads-help-disjoint-much',
    'larger-heads-help-mixed-little',
  ])
})

test('where lower is better, the expectation is reversed', () => {
  const table = own({ mixed: [[1], [1.1], [1.2]], disjoint: [[2], [2.1], [2.3]] }, { task: 'regression' })
  expect(found(atLeast(0), table)).toMatchObject({ expected: '≤ 0', ownVerdict: 'agrees', ownHolds: true })
  expect(found(between(2, 3), table)).toMatchObject({ expected: '−3 to −2', ownVerdict: 'disagrees' })
})

test('only seeds that all rows of a contrast have are paired', () => {
  const table = own({ mixed: [[20], [22], [24]], disjoint: [[10], [11]] })
  expect(found(atLeast(0), table).own).toMatchObject({ difference: 10.5, n: 2 })
})

test('a seed without a value within the budget is left out', () => {
  const table = own({ mixed: [[20], [22]], disjoint: [[10], [11]] })
  table.rows[0]!.ownSeeds[1]!.values = [null]
  expect(found(atLeast(0), table).own).toMatchObject({ difference: 10, n: 1 })
})

test('a contrast reaches over budgets and over pairs of rows', () => {
  const table = own(
    {
      mixed: [
        [10, 17],
        [11, 18],
      ],
      'branch-wise': [
        [20, 21],
        [20, 22],
      ],
    },
    { budgets: [0.5, 1] },
  )
  const contrast = '(mixed − mixed at 50 %) − (branch-wise − branch-wise at 50 %)'
  const [{ tests }] = evaluateClaims(claim(atLeast(0), contrast, 1), [table]) as [ReturnType<typeof evaluateClaims>[0]]
  expect(tests[0]!.contrast).toBe(contrast)
  // Seed 1: 7 − 1, seed 2: 7 − 2.
  expect(tests[0]!.own).toMatchObject({ difference: 5.5, n: 2 })
})

test.each(['mixed', 'mixed - joint', 'mixed − joint − disjoint', '(mixed − joint) − disjoint'])(
  '“%s” is no contrast',
  (text) => expect(termsOf(text)).toBeNull(),
)

/** Two tables of the same runs, the second of which has one row more. */
function twoTables(changes: Partial<PaperTable['rows'][number]['ownSeeds'][number]> = {}): PaperTable[] {
  const table = own({ mixed: [[20], [21], [22]], disjoint: [[10], [11], [13]] })
  const [mixed, disjoint] = table.rows
  const ownSeeds = mixed!.ownSeeds.map((each) => ({ ...each, ...changes }))
  return [table, { ...table, id: 'table-9', rows: [disjoint!, { ...mixed!, ownSeeds }] }]
}

/** The claim in both of them. */
const inBoth = (expected = atLeast(0)): Claim[] => {
  const [{ tests, ...about }] = claim(expected) as [Claim]
  return [{ ...about, tests: tests.map((each) => ({ ...each, tables: ['table-8', 'table-9'] })) }]
}

test('a test of the same runs and numbers as one in an earlier table is counted there', () => {
  const [result] = evaluateClaims(inBoth(), twoTables())
  expect(result!.tests.map(({ repeats }) => repeats)).toEqual([null, 'table-8'])
  expect(result!.tests[1]!.own).toEqual(result!.tests[0]!.own)
  expect(result!.own).toEqual(result!.tests[0]!.own)
  expect(asStatedText(result!)).toBe('1 of 1')
})

test.each([
  ['other runs with the same values', { phase: 'other' }],
  ['the same runs read otherwise', { values: [25] }],
])('%s are tests of their own', (_, changes) => {
  const [result] = evaluateClaims(inBoth(), twoTables(changes))
  expect(result!.tests.map(({ repeats }) => repeats)).toEqual([null, null])
  expect(asStatedText(result!)).toBe('2 of 2')
})

test('tests without own values repeat nothing and do not count', () => {
  const [first, second] = twoTables()
  const rows = second!.rows.map((row) => ({ ...row, ownSeeds: [] }))
  const [result] = evaluateClaims(inBoth(), [first!, { ...second!, rows }])
  expect(result!.tests.map(({ repeats }) => repeats)).toEqual([null, null])
  expect(result!.own).toEqual(result!.tests[0]!.own)
  expect(result!.tests[1]).toMatchObject({ own: null, ownHolds: null })
})

test('a claim about no available table is left out', () => {
  expect(evaluateClaims(claim(atLeast(0)), [{ ...own(eleven), id: 'table-9' }])).toEqual([])
})

import { expect, test } from 'vitest'
import { evaluateClaims } from '../../../src/main/host/paper/claims/evaluate.ts'
import { type Claim, type Expectation, readClaims } from '../../../src/main/host/paper/claims/read-claims.ts'
import { readPublishedTables } from '../../../src/main/host/evaluation/published.ts'
import type { PaperTable } from '../../../src/shared/paper-report.ts'
import { ownVerdicts } from '../../../src/shared/paper-words.ts'
import type { RegimeName } from '../../../src/shared/regime-names.ts'

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
      return { regime, variant, published: cells, own: none, ownSeeds: [], difference: none }
    }),
  }))
}

/** Values of seeds 1, 2 … of each regime, at the budgets of the table. */
type Seeds = Partial<Record<RegimeName, number[][]>>

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
      regime: regime as RegimeName,
      variant: null,
      published: budgets.map(() => null),
      own: budgets.map(() => null),
      difference: budgets.map(() => null),
      ownSeeds: values.map((each, index) => ({ seed: index + 1, phase: `${regime}-${index + 1}`, values: each })),
    })),
  }
}

function claim(expected: Expectation, contrast = 'mixed − disjoint', budget = 0.25): Claim[] {
  const tests = [{ tables: ['table-8'], budgets: [budget], contrasts: [contrast] }]
  return [{ id: 'a', statement: 'A statement.', expected, tests }]
}

const testOf = (expected: Expectation, table: PaperTable) => evaluateClaims(claim(expected), [table])[0]!.tests[0]!

test('the published values agree with every claim, exceptions as claims of their own', async () => {
  const evaluated = evaluateClaims(claims, await published())
  expect(evaluated).toHaveLength(claims.length)
  expect(evaluated.filter(({ published }) => published !== 'agrees')).toEqual([])
  expect(evaluated.every(({ own }) => own === 'missing')).toBe(true)
  const missing = evaluated.flatMap(({ tests }) =>
    tests.filter(({ publishedVerdict }) => publishedVerdict === 'missing'),
  )
  expect(missing).toEqual([])
})

test('without the exceptions made, the published values refute the general statements', async () => {
  const tables = await published()
  const refuting = (table: string, budget: number, expected: Expectation, contrast = 'mixed − joint') =>
    evaluateClaims(
      [{ id: 'a', statement: '', expected, tests: [{ tables: [table], budgets: [budget], contrasts: [contrast] }] }],
      tables,
    )
      .map(({ published, tests }) => [published, tests[0]!.published!.toFixed(2)])
      .flat()
  expect(refuting('table-9', 0.5, atLeast(0))).toEqual(['disagrees', '-0.01'])
  expect(refuting('table-7', 0.5, atLeast(0), 'mixed, Every-3 − joint, Every-3')).toEqual(['disagrees', '-0.81'])
  expect(refuting('table-7', 1, atLeast(0), 'mixed, Every-3 − joint, Every-3')).toEqual(['disagrees', '-0.50'])
  expect(refuting('table-7', 0.5, atLeast(0), 'mixed, Every-4 − joint, Every-4')).toEqual(['disagrees', '-0.47'])
  expect(refuting('table-14', 0.25, atLeast(0))).toEqual(['disagrees', '0.73'])
  expect(refuting('table-13', 0.75, atLeast(0), 'mixed-gradual − mixed')).toEqual(['disagrees', '-3.90'])
  expect(refuting('table-20', 0.25, atLeast(9), 'joint, 1L − disjoint, 1L')).toEqual(['disagrees', '5.83'])
})

test('two seeds have the t interval of one degree of freedom, but no p and no verdict', () => {
  // Differences 1 and 3: mean 2, standard error 1, critical t 12.706.
  const { own: found, ownVerdict, ownHolds } = testOf(atLeast(0), own({ mixed: [[11], [13]], disjoint: [[10], [10]] }))
  expect(found).toMatchObject({ difference: 2, p: null, untested: 'few-seeds', n: 2 })
  expect(found!.low).toBeCloseTo(2 - 12.7062047, 6)
  expect(found!.high).toBeCloseTo(2 + 12.7062047, 6)
  expect(ownVerdict).toBe('untested')
  expect(ownHolds).toBe(true)
  // An interval that is clear of what is stated changes nothing.
  expect(testOf(atLeast(0), own({ mixed: [[30], [30.1]], disjoint: [[10], [10]] })).ownVerdict).toBe('untested')
})

test('one pair has a difference without an interval, and no verdict', () => {
  const { own: found, ownVerdict, ownHolds } = testOf(atLeast(9), own({ mixed: [[30]], disjoint: [[10]] }))
  expect(found).toEqual({ difference: 20, low: null, high: null, p: null, untested: 'few-seeds', n: 1 })
  expect(ownVerdict).toBe('untested')
  expect(ownHolds).toBe(true)
})

test('a difference that is the same at every seed has no verdict, also where it is one of four values', () => {
  // −5 of 36 images at each of three seeds.
  const of36 = (...right: number[]) => right.map((each) => [(100 * each) / 36])
  const table = own({ mixed: of36(30, 25, 31), disjoint: of36(35, 30, 36), joint: of36(12, 20, 11) })
  expect(testOf(atLeast(0), table)).toMatchObject({
    own: { low: null, high: null, p: null, untested: 'equal-differences', n: 3 },
    ownVerdict: 'untested',
    ownHolds: false,
  })
  const contrast = '(mixed − joint) − (disjoint − joint)'
  const [{ own: verdict }] = evaluateClaims(claim(atLeast(0), contrast), [table]) as [
    ReturnType<typeof evaluateClaims>[0],
  ]
  expect(verdict).toBe('untested')
})

test.each([
  // Differences 10, 11, 12: 11 ± 4.302653 / √3 = 11 ± 2.484.
  [atLeast(0), 'agrees', true],
  [atLeast(8.5), 'agrees', true],
  [atLeast(9), 'undecided', true],
  [atLeast(12), 'undecided', false],
  [atLeast(13.5), 'disagrees', false],
  [within(14), 'agrees', true],
  [within(12), 'undecided', true],
  [within(8), 'disagrees', false],
  [between(9, 40), 'undecided', true],
])('three pairs agree or disagree where the whole interval does: %o', (expected, verdict, holds) => {
  const found = testOf(expected, own({ mixed: [[20], [22], [24]], disjoint: [[10], [11], [12]] }))
  expect(found.own!.low).toBeCloseTo(11 - 4.30265273 / Math.sqrt(3), 6)
  expect([found.ownVerdict, found.ownHolds]).toEqual([verdict, holds])
})

test('where lower is better, the expectation is reversed', () => {
  const table = own({ mixed: [[1], [1.1], [1.2]], disjoint: [[2], [2.1], [2.3]] }, { task: 'regression' })
  expect(testOf(atLeast(0), table)).toMatchObject({ expected: '≤ 0', ownVerdict: 'agrees', ownHolds: true })
  expect(testOf(between(2, 3), table)).toMatchObject({ expected: '−3 to −2', ownVerdict: 'disagrees' })
})

test('only seeds that all rows of a contrast have are paired', () => {
  const table = own({ mixed: [[20], [22], [24]], disjoint: [[10], [11]] })
  expect(testOf(atLeast(0), table).own).toMatchObject({ difference: 10.5, n: 2 })
})

test('a seed without a value within the budget is left out', () => {
  const table = own({ mixed: [[20], [22]], disjoint: [[10], [11]] })
  table.rows[0]!.ownSeeds[1]!.values = [null]
  expect(testOf(atLeast(0), table).own).toMatchObject({ difference: 10, n: 1 })
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
  expect(tests[0]!.contrast).toBe('(mixed − mixed at 50 %) − (branch-wise − branch-wise at 50 %)')
  // Seed 1: 7 − 1, seed 2: 7 − 2.
  expect(tests[0]!.own).toMatchObject({ difference: 5.5, n: 2 })
})

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
  const [{ tests, own: verdict }] = evaluateClaims(inBoth(), twoTables()) as [ReturnType<typeof evaluateClaims>[0]]
  expect(tests.map(({ repeats }) => repeats)).toEqual([null, 'table-8'])
  expect(tests[1]!.own).toEqual(tests[0]!.own)
  expect(ownVerdicts(tests)).toEqual(['agrees'])
  expect(verdict).toBe('agrees')
})

test.each([
  ['other runs with the same values', { phase: 'other' }],
  ['the same runs read otherwise', { values: [25] }],
])('%s are tests of their own', (_, changes) => {
  const [{ tests }] = evaluateClaims(inBoth(), twoTables(changes)) as [ReturnType<typeof evaluateClaims>[0]]
  expect(tests.map(({ repeats }) => repeats)).toEqual([null, null])
  expect(ownVerdicts(tests)).toHaveLength(2)
})

test('tests without own values repeat nothing', () => {
  const empty = twoTables().map((table) => ({ ...table, rows: table.rows.map((row) => ({ ...row, ownSeeds: [] })) }))
  expect(evaluateClaims(inBoth(), empty)[0]!.tests.map(({ repeats }) => repeats)).toEqual([null, null])
})

test('one significant test against a claim refutes it, and a claim about no available table is left out', () => {
  const table = own({ mixed: [[20], [21], [22]], disjoint: [[10], [11], [13]], joint: [[30], [31], [33]] })
  const contrasts = ['mixed − disjoint', 'mixed − joint', 'mixed − separate']
  const verdicts = (count: number) => {
    const tests = [{ tables: ['table-8'], budgets: [0.25], contrasts: contrasts.slice(0, count) }]
    const [found] = evaluateClaims([{ id: 'a', statement: '', expected: atLeast(0), tests }], [table])
    return [found!.own, ...found!.tests.map(({ ownVerdict }) => ownVerdict)]
  }
  expect(verdicts(1)).toEqual(['agrees', 'agrees'])
  expect(verdicts(3)).toEqual(['disagrees', 'agrees', 'disagrees', 'missing'])
  expect(evaluateClaims(claim(atLeast(0)), [{ ...table, id: 'table-9' }])).toEqual([])
})

import { canonicalJson } from '../../../../shared/basics/canonical-json.ts'
import type { ClaimAnswer, ClaimTest, PaperClaim, PaperTable } from '../../../../shared/paper/paper-report.ts'
import { mean } from '../../../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../../../shared/methods/task.ts'
import { answersOf } from './answers.ts'
import { ofVariant, type Term, termsOf } from './contrast.ts'
import { independentTables } from './independent-tables.ts'
import { isAsExpected, overSeeds, type SeedSum } from './over-seeds.ts'
import type { Claim, Expectation } from './read-claims.ts'

/**
 * Each claim on published values and on own runs, and once more on those at equal epochs, whose claims are a family of their own.
 * Claims about none of the tables are left out.
 */
export function evaluateClaims(claims: readonly Claim[], tables: readonly PaperTable[]): PaperClaim[] {
  const equal = tables.flatMap(withEqualEpochs)
  const answers = new Map(evaluateAll(aboutSome(claims, equal), equal).map((claim) => [claim.id, claim]))
  return evaluateAll(claims, tables).map((claim) => ({ ...claim, equalEpochs: answerOf(answers.get(claim.id)) }))
}

/** A claim without the verdict on runs at equal epochs. */
type EvaluatedOnce = Omit<PaperClaim, 'equalEpochs'>

function answerOf(claim: EvaluatedOnce | undefined): ClaimAnswer | null {
  if (claim === undefined || claim.own === null) return null
  const { own, ownHolds, correctedP, ownVerdict, former, tests } = claim
  return { own, ownHolds, correctedP, ownVerdict, former, tests: tests.filter((test) => test.own !== null) }
}

/** A table with the values of the runs at equal epochs in place of the others; none where it has none. */
function withEqualEpochs(table: PaperTable): PaperTable[] {
  const rows = table.rows.flatMap(({ equalEpochs, ...row }) =>
    equalEpochs ? [{ ...row, ...equalEpochs, equalEpochs: null }] : [],
  )
  return rows.length === 0 ? [] : [{ ...table, rows }]
}

const aboutSome = (claims: readonly Claim[], tables: readonly PaperTable[]): Claim[] =>
  claims.filter(({ tests }) => tests.some((each) => tables.some(({ id }) => each.tables.includes(id))))

function evaluateAll(claims: readonly Claim[], tables: readonly PaperTable[]): EvaluatedOnce[] {
  const read = claims.map((claim) => readClaim(claim, tables))
  const answers = answersOf(read, independentTables(tables))
  return read.flatMap(({ about }, index) => (about.tests.length === 0 ? [] : [{ ...about, ...answers[index]! }]))
}

/** What the published values say of a claim, its tests, and those of them that count on own runs. */
function readClaim(claim: Claim, tables: readonly PaperTable[]) {
  const { id, statement } = claim
  const its = tables.filter((table) => claim.tests.some((each) => each.tables.includes(table.id)))
  const { task } = its[0] ?? {}
  const expected = primaryMetric({ task }).higherIsBetter ? claim.expected : turned(claim.expected)
  const read = withRepeats(claim.tests.flatMap((each) => testsOf(each, its)))
  const printed = read.flatMap(({ published }) => published ?? [])
  const published = printed.length === 0 ? null : mean(printed)
  const about = {
    id,
    statement,
    task,
    expected: expectationWords(expected),
    otherSetting: its.some(({ sameSetting, ownSetting }) => !sameSetting && ownSetting !== null),
    published,
    publishedHolds: published === null ? null : isAsExpected(published, expected),
    tests: read.map((each) => tested(each, expected)),
  }
  return { about, expected, counted: read.filter(({ seeds, repeats }) => seeds.length > 0 && repeats === null) }
}

function tested({ seeds, ...test }: ReadTest, expected: Expectation): ClaimTest {
  const own = overSeeds([{ weight: 1, sums: seeds }], expected)
  return {
    ...test,
    own,
    publishedHolds: test.published === null ? null : isAsExpected(test.published, expected),
    ownHolds: own && isAsExpected(own.difference, expected),
  }
}

/** The values of a test. */
type ReadTest = Pick<ClaimTest, 'table' | 'setting' | 'budget' | 'contrast' | 'published' | 'repeats'> & {
  seeds: readonly SeedSum[]
}

/** Tests of which the own numbers are those of an earlier one, of the same weights. */
function withRepeats(tests: readonly KeyedTest[]): ReadTest[] {
  const first = new Map<string, string>()
  return tests.map(({ key, ...test }) => {
    const earlier = key === null ? null : (first.get(key) ?? null)
    if (key !== null && earlier === null) first.set(key, test.table)
    return { ...test, repeats: earlier }
  })
}

/** A test with what tells its own numbers from others; null where there are none. */
type KeyedTest = Omit<ReadTest, 'repeats'> & { key: string | null }

function testsOf(
  { tables: ids, variants, contrasts, budgets }: Claim['tests'][number],
  tables: readonly PaperTable[],
): KeyedTest[] {
  const all = variants?.flatMap((variant) => contrasts.map((each) => ofVariant(each, variant))) ?? contrasts
  const there = ids.flatMap((id) => tables.filter((table) => table.id === id))
  return there.flatMap((table) => budgets.flatMap((budget) => all.map((contrast) => readTest(table, budget, contrast))))
}

/** One contrast in one table at one budget. */
function readTest(table: PaperTable, budget: number | null, contrast: string): KeyedTest {
  const cells = termsOf(contrast)!.map((term) => ({ sign: term.sign, ...cellOf(table, budget, term) }))
  const published = sumOf(cells, ({ row, column }) => row?.published[column]?.mean)
  const seeds = seedSums(cells)
  return {
    table: table.id,
    setting: table.publishedSetting,
    budget,
    contrast,
    published,
    seeds,
    key: seeds.length === 0 ? null : canonicalJson(cells.map(numbersOf)),
  }
}

interface Cell {
  sign: 1 | -1
  row: PaperTable['rows'][number] | undefined
  column: number
}

function cellOf({ rows, budgets }: PaperTable, budget: number | null, term: Term): Omit<Cell, 'sign'> {
  const row = rows.find(({ regime, variant }) => (variant === null ? regime : `${regime}, ${variant}`) === term.row)
  return { row, column: budgets.indexOf(term.budget ?? budget) }
}

/** The own numbers of a cell, and whose they are. */
function numbersOf({ sign, row, column }: Cell) {
  return [sign, row!.ownSeeds.map(({ seed, phase, values }) => [seed, phase, values[column] ?? null])]
}

type Sum = number | null

/** The signed sum of one value for each cell; null where one is missing. */
function sumOf(cells: readonly Cell[], valueOf: (cell: Cell) => number | null | undefined): Sum {
  const values = cells.map((cell) => ({ sign: cell.sign, value: valueOf(cell) ?? null }))
  return values.reduce<Sum>((sum, { sign, value }) => (sum === null || value === null ? null : sum + sign * value), 0)
}

/** What is added and subtracted at each seed that all rows have. */
function seedSums(cells: readonly Cell[]): SeedSum[] {
  const seeds = cells[0]?.row?.ownSeeds.map(({ seed }) => seed) ?? []
  const cellsWith = (sign: 1 | -1) => cells.filter((cell) => cell.sign === sign)
  return seeds.flatMap((seed) => {
    const ofSeed = ({ row, column }: Cell) => row?.ownSeeds.find((each) => each.seed === seed)?.values[column]
    const [added, taken] = ([1, -1] as const).map((sign) => sumOf(cellsWith(sign), ofSeed)) as [Sum, Sum]
    return added === null || taken === null ? [] : [{ seed, added, subtracted: 0 - taken }]
  })
}

function turned({ low, high }: Expectation): Expectation {
  return { low: 0 - high, high: 0 - low }
}

/** `≥ 9`, `≤ 0.02`, `within ±1.1`, `9 to 40`. */
function expectationWords({ low, high }: Expectation): string {
  if (high === Infinity) return `≥ ${number(low)}`
  if (low === -Infinity) return `≤ ${number(high)}`
  return low === -high ? `within ±${number(high)}` : `${number(low)} to ${number(high)}`
}

const number = (value: number) => String(value).replace('-', '−')

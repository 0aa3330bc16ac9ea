import { canonicalJson } from '../../../../shared/canonical-json.ts'
import type { ClaimTest, ClaimVerdict, PaperClaim, PaperTable } from '../../../../shared/paper-report.ts'
import { ownVerdicts } from '../../../../shared/paper-words.ts'
import { primaryMetric } from '../../../../shared/task.ts'
import { pairedDifference } from '../../../engine/pure.ts'
import { ofVariant, type Term, termsOf } from './contrast.ts'
import type { Claim, Expectation } from './read-claims.ts'

type Row = PaperTable['rows'][number]

/** Rounding of printed values: differences of values with two decimals are exact to this. */
const rounding = 1e-9

/** Each claim on the published values and on the own ones, in the tables that are there. Claims about none of them are left out. */
export function evaluateClaims(claims: readonly Claim[], tables: readonly PaperTable[]): PaperClaim[] {
  return claims.flatMap(({ id, statement, expected, tests: asked }) => {
    const tests = withRepeats(asked.flatMap((each) => testsOf(each, { expected, tables })))
    if (tests.length === 0) return []
    const published = overall(tests.map(({ publishedVerdict }) => publishedVerdict))
    return [{ id, statement, tests, published, own: overall(ownVerdicts(tests)) }]
  })
}

/** Tests of which the own numbers are those of an earlier one: of the same weights, expected to be the same. */
function withRepeats(tests: readonly KeyedTest[]): ClaimTest[] {
  const first = new Map<string, string>()
  return tests.map(({ key, ...test }) => {
    const earlier = key === null ? null : (first.get(key) ?? null)
    if (key !== null && earlier === null) first.set(key, test.table)
    return { ...test, repeats: earlier }
  })
}

/** A test with what tells its own numbers from others; null where there are none. */
interface KeyedTest extends Omit<ClaimTest, 'repeats'> {
  key: string | null
}

function testsOf(
  { tables: ids, variants, contrasts, budgets }: Claim['tests'][number],
  { expected, tables }: { expected: Expectation; tables: readonly PaperTable[] },
): KeyedTest[] {
  const all = variants?.flatMap((variant) => contrasts.map((each) => ofVariant(each, variant))) ?? contrasts
  const there = ids.flatMap((id) => tables.filter((table) => table.id === id))
  return there.flatMap((table) =>
    budgets.flatMap((budget) => all.map((contrast) => test(table, budget, { contrast, expected }))),
  )
}

/** One contrast in one table at one budget. */
function test(
  table: PaperTable,
  budget: number | null,
  { contrast, expected }: { contrast: string; expected: Expectation },
): KeyedTest {
  const wanted = primaryMetric(table).higherIsBetter ? expected : turned(expected)
  const cells = termsOf(contrast)!.map((term) => ({ ...term, ...cellOf(table, budget, term) }))
  const published = sumOf(cells, ({ row, column }) => row?.published[column]?.mean)
  const own = ownDifference(cells)
  const expectation = expectationWords(wanted)
  return {
    table: table.id,
    budget,
    published,
    own,
    contrast,
    expected: expectation,
    key: own && canonicalJson([expectation, cells.map(numbersOf)]),
    ownHolds: own && holds(own.difference, wanted),
    publishedVerdict: published === null ? 'missing' : holds(published, wanted) ? 'agrees' : 'disagrees',
    ownVerdict: own === null ? 'missing' : verdictOf(own, wanted),
  }
}

interface Cell {
  sign: 1 | -1
  row: Row | undefined
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

/** The contrast of each seed that all its rows have, averaged: what is added against what is subtracted. */
function ownDifference(cells: readonly Cell[]): ClaimTest['own'] {
  const seeds = cells[0]?.row?.ownSeeds.map(({ seed }) => seed) ?? []
  const cellsWith = (sign: 1 | -1) => cells.filter((cell) => cell.sign === sign)
  const sums = seeds.flatMap((seed) => {
    const ofSeed = ({ row, column }: Cell) => row?.ownSeeds.find((each) => each.seed === seed)?.values[column]
    const [added, taken] = ([1, -1] as const).map((sign) => sumOf(cellsWith(sign), ofSeed)) as [Sum, Sum]
    return added === null || taken === null ? [] : [{ added, subtracted: 0 - taken }]
  })
  if (sums.length === 0) return null
  const [first, second] = [sums.map(({ added }) => added), sums.map(({ subtracted }) => subtracted)]
  const { pairCount: n, ...statistics } = pairedDifference(first, second)
  return { ...statistics, n }
}

/** Clear of chance is what the whole interval says, where chance can be judged. */
function verdictOf({ low, high, untested }: NonNullable<ClaimTest['own']>, expected: Expectation): ClaimVerdict {
  if (untested !== null || low === null || high === null) return 'untested'
  if (low >= expected.low - rounding && high <= expected.high + rounding) return 'agrees'
  return high < expected.low - rounding || low > expected.high + rounding ? 'disagrees' : 'undecided'
}

function holds(difference: number, { low, high }: Expectation): boolean {
  return difference >= low - rounding && difference <= high + rounding
}

function turned({ low, high }: Expectation): Expectation {
  return { low: 0 - high, high: 0 - low }
}

/** A claim says something of each test: one against it refutes it, and all must bear it out. Tests without values do not count. */
function overall(verdicts: readonly ClaimVerdict[]): ClaimVerdict {
  const known = new Set(verdicts.filter((verdict) => verdict !== 'missing'))
  if (known.has('disagrees')) return 'disagrees'
  const [only = 'missing'] = known
  return known.size <= 1 ? only : 'undecided'
}

/** `≥ 9`, `≤ 0.02`, `within ±1.1`, `9 to 40`. */
function expectationWords({ low, high }: Expectation): string {
  if (high === Infinity) return `≥ ${number(low)}`
  if (low === -Infinity) return `≤ ${number(high)}`
  return low === -high ? `within ±${number(high)}` : `${number(low)} to ${number(high)}`
}

const number = (value: number) => String(value).replace('-', '−')

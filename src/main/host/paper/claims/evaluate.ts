import type { ClaimTest, ClaimVerdict, PaperClaim, PaperTable } from '../../../../shared/paper-report.ts'
import { primaryMetric } from '../../../../shared/task.ts'
import { pairedDifference } from '../../../engine/pure.ts'
import type { Claim, ClaimPart, Expectation, Term } from './claim.ts'
import { contrastWords, expectationWords } from './words.ts'

type Row = PaperTable['rows'][number]

/** Rounding of printed values: differences of values with two decimals are exact to this. */
const rounding = 1e-9

/** Each claim on the published values and on the own ones, in the tables that are there. Claims about none of them are left out. */
export function evaluateClaims(claims: readonly Claim[], tables: readonly PaperTable[]): PaperClaim[] {
  return claims.flatMap(({ id, statement, parts }) => {
    const tests = parts.flatMap((part) => testsOf(part, tables))
    if (tests.length === 0) return []
    const published = overall(tests.map(({ publishedVerdict }) => publishedVerdict))
    return [{ id, statement, tests, published, own: overall(tests.map(({ ownVerdict }) => ownVerdict)) }]
  })
}

function testsOf({ tables: ids, budgets, ...part }: ClaimPart, tables: readonly PaperTable[]): ClaimTest[] {
  return ids.flatMap((id) =>
    tables.filter((table) => table.id === id).flatMap((table) => budgets.map((budget) => test(table, budget, part))),
  )
}

/** One contrast in one table at one budget. */
function test(
  table: PaperTable,
  budget: number | null,
  { contrast, expected }: Pick<ClaimPart, 'contrast' | 'expected'>,
): ClaimTest {
  const wanted = primaryMetric(table).higherIsBetter ? expected : turned(expected)
  const cells = contrast.map((term) => ({ ...term, ...cellOf(table, budget, term) }))
  const published = sumOf(cells, ({ row, column }) => row?.published[column]?.mean)
  const own = ownDifference(cells)
  return {
    table: table.id,
    budget,
    published,
    own,
    contrast: contrastWords(contrast),
    expected: expectationWords(wanted),
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

/** The signed sum of one value for each cell; null where one is missing. */
function sumOf(cells: readonly Cell[], valueOf: (cell: Cell) => number | null | undefined): number | null {
  const values = cells.map((cell) => ({ sign: cell.sign, value: valueOf(cell) ?? null }))
  return values.reduce<number | null>(
    (sum, { sign, value }) => (sum === null || value === null ? null : sum + sign * value),
    0,
  )
}

/** The contrast of each seed that all its rows have, averaged. */
function ownDifference(cells: readonly Cell[]): ClaimTest['own'] {
  const seeds = cells[0]?.row?.ownSeeds.map(({ seed }) => seed) ?? []
  const values = seeds.flatMap((seed) => {
    const ofSeed = sumOf(cells, ({ row, column }) => row?.ownSeeds.find((each) => each.seed === seed)?.values[column])
    return ofSeed === null ? [] : [ofSeed]
  })
  if (values.length === 0) return null
  const { pairCount: n, ...statistics } = pairedDifference(
    values,
    values.map(() => 0),
  )
  return { ...statistics, n }
}

/** Clear of chance is what the whole interval says; without an interval nothing is. */
function verdictOf({ low, high }: NonNullable<ClaimTest['own']>, expected: Expectation): ClaimVerdict {
  if (low === null || high === null) return 'undecided'
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
  const known = verdicts.filter((verdict) => verdict !== 'missing')
  if (known.length === 0) return 'missing'
  if (known.includes('disagrees')) return 'disagrees'
  return known.every((verdict) => verdict === 'agrees') ? 'agrees' : 'undecided'
}

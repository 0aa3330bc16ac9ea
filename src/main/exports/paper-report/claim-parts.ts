import { fixed, none, plural, signed } from '../../../shared/format/numbers.ts'
import type { ClaimTest, PaperClaim, PaperReport, PaperTable } from '../../../shared/paper-report.ts'
import { otherSettingMark, ownVerdicts, repeatWords, verdictCounts } from '../../../shared/paper-words.ts'
import { untestedWords } from '../../../shared/paired.ts'
import { budgetColumn } from '../../../shared/table-words.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { paragraph, verdictWords, type Part, type TextTable } from './content.ts'

const inWords = new Intl.ListFormat('en-GB', { type: 'disjunction' })

const columns: TextTable['columns'] = [
  { title: 'Claim', width: 0.56 },
  { title: 'Published', width: 0.12 },
  { title: 'Own runs', width: 0.12 },
  { title: 'Tests on own runs', width: 0.2 },
]

/** Every claim with its verdicts. */
export function claimParts({ claims, scale }: PaperReport): Part[] {
  const paperPoints =
    scale === 'paper'
      ? ''
      : ' Numbers of points in claims are those of the paper, whose networks and data are larger: beside each stands a claim without a number, of which the sign is tested.'
  return [
    paragraph(
      'Each claim is tested in every table and at every budget that it is about: on the published means, and on own runs by their difference, paired by seed, each seed read alone, with its two-sided 95 % t interval. ' +
        'A test agrees or disagrees only where the whole interval lies on one side of what the claim states; else it is undecided. ' +
        `A test has no p and no verdict (“${verdictWords.untested}”) where chance cannot be judged: where ${inWords.format(Object.values(untestedWords))}. ` +
        'A test of the same runs and numbers as another one of the claim, in another table, counts once. ' +
        'A claim agrees where all its tests do, and disagrees where one of them does. ' +
        'Intervals are not corrected for the number of tests: of many tests some disagree by chance. ' +
        'How many differences are as stated, whatever their interval, is said beside.' +
        paperPoints,
    ),
    {
      kind: 'texts',
      caption: 'Claims of the paper, on its published values and on own runs.',
      columns,
      rows: claims.map((claim) => [
        claim.statement,
        { verdict: claim.published },
        { verdict: claim.own },
        ownWords(claim),
      ]),
    },
  ]
}

/** `12 agree, 1 disagrees, 7 undecided; difference as stated in 15 of 20` */
function ownWords({ tests }: PaperClaim): string {
  const own = tests.filter(({ ownHolds, repeats }) => ownHolds !== null && repeats === null)
  if (own.length === 0) return `no values for ${plural(tests.length, 'test')}`
  const holding = own.filter(({ ownHolds }) => ownHolds === true).length
  return `${verdictCounts(ownVerdicts(tests))}; difference as stated in ${holding} of ${own.length}`
}

const testColumns: TextTable['columns'] = [
  { title: 'Table', width: 0.07 },
  { title: 'Budget', width: 0.1 },
  { title: 'Difference', width: 0.22 },
  { title: 'Stated', width: 0.1 },
  { title: 'Published', width: 0.1 },
  { title: 'Own [95 % interval]', width: 0.2 },
  { title: 'p', width: 0.08 },
  { title: 'n', width: 0.03 },
  { title: 'Verdict', width: 0.1 },
]

/** A table of its tests for each claim. */
export function testParts({ claims, tables }: PaperReport): Part[] {
  const byId = new Map(tables.map((table) => [table.id, table]))
  return claims.map(({ statement, tests }) => ({
    kind: 'texts',
    caption: statement,
    columns: testColumns,
    folded: true,
    rows: tests.map((test) => testRow(test, byId.get(test.table)!)),
  }))
}

function testRow({ budget, contrast, expected, published, own, ownVerdict, repeats }: ClaimTest, table: PaperTable) {
  const { decimals } = primaryMetric(table)
  const name = table.id.replace('table-', '')
  return [
    name,
    budgetColumn(budget).title!,
    contrast,
    expected,
    published === null ? none : signed(published, 2),
    own === null ? none : ownCell(own, { decimals, mark: table.sameSetting ? '' : otherSettingMark }),
    own === null || own.p === null ? none : pWords(own.p),
    own === null ? none : String(own.n),
    repeats === null ? { verdict: ownVerdict } : repeatWords(repeats),
  ]
}

function ownCell(
  { difference, low, high }: NonNullable<ClaimTest['own']>,
  { decimals, mark }: { decimals: number; mark: string },
): string {
  const value = `${signed(difference, decimals)}${mark}`
  return low === null || high === null ? value : `${value} [${fixed(low, decimals)}, ${fixed(high, decimals)}]`
}

const pWords = (p: number) => (p < 0.001 ? '<\u00a00.001' : p.toFixed(3))

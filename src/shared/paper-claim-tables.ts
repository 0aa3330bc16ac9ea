import { fixed, none, signed } from './format/numbers.ts'
import { pText, untestedWords } from './paired.ts'
import type { ClaimDifference, ClaimTest, ClaimVerdict, PaperClaim } from './paper-report.ts'
import { otherSettingMark, verdictWords } from './paper-words.ts'
import { type CellTone, textCell, type Table, type TableRow } from './table.ts'
import { budgetColumn } from './table-words.ts'
import { primaryMetric } from './task.ts'
import { sortedBy, textRow, textTable } from './text-table.ts'

const verdictTones: Record<ClaimVerdict, CellTone> = {
  agrees: 'good',
  disagrees: 'bad',
  undecided: 'open',
  untested: 'none',
  missing: 'none',
}

/** As many as tell differences apart: one less than values of a metric such as MSE have. */
const decimalsOf = (claim: Pick<PaperClaim, 'task'>) => Math.min(3, primaryMetric(claim).decimals)

/** `−2.10 [−3.40, −0.80]` */
function intervalText(own: ClaimDifference | null, claim: Pick<PaperClaim, 'task'>): string {
  if (own === null) return none
  const decimals = decimalsOf(claim)
  const { difference, low, high } = own
  const interval = low === null || high === null ? '' : ` [${fixed(low, decimals)}, ${fixed(high, decimals)}]`
  return signed(difference, decimals) + interval
}

export const publishedText = (published: number | null, claim: Pick<PaperClaim, 'task'>): string =>
  published === null ? none : signed(published, decimalsOf(claim))

/** `−2.10 [−3.40, −0.80], p = 0.013 (Holm), 18 of 20 tests as stated` */
export function ownWords(claim: PaperClaim): string {
  const { own, correctedP } = claim
  if (own === null) return none
  const p =
    correctedP === null
      ? untestedWords[own.untested!]
      : `p ${correctedP < 0.001 ? '' : '= '}${pText(correctedP)} (Holm)`
  return `${intervalText(own, claim)}, ${p}, ${asStatedText(claim)} tests as stated`
}

/** `18 of 20`: of the tests with own values that count here, those whose difference is as stated. */
export function asStatedText({ tests }: Pick<PaperClaim, 'tests'>): string {
  const own = tests.filter(({ own, repeats }) => own !== null && repeats === null)
  return own.length === 0 ? none : `${own.filter(({ ownHolds }) => ownHolds === true).length} of ${own.length}`
}

const markedWhere = (claims: readonly PaperClaim[]) => claims.some(({ otherSetting }) => otherSetting)

/** In place of a † in each cell. */
export const settingLegend = (claims: readonly PaperClaim[]): string[] =>
  markedWhere(claims)
    ? [`${otherSettingMark} Own runs have other networks, data or training than the published values.`]
    : []

const ownTitle = (claims: readonly PaperClaim[]) => `Own${markedWhere(claims) ? otherSettingMark : ''} [95 % interval]`

/** Every claim with its verdict, in the order of the paper. */
export function claimsTable(claims: readonly PaperClaim[]): Table {
  return textTable({
    name: 'claims-table',
    caption: 'Claims of the paper, each the mean of its tests, on published values and on own runs.',
    legend: settingLegend(claims),
    heads: [{ title: 'Claim', width: 0.37 }],
    columns: [
      { title: 'Stated', width: 0.09 },
      { title: 'Published', width: 0.09 },
      { title: ownTitle(claims), width: 0.18 },
      { title: 'p (Holm)', width: 0.08 },
      { title: 'Tests as stated', width: 0.09 },
      { title: 'Verdict', width: 0.1 },
    ],
    blocks: [{ title: null, rows: claims.map(claimRow) }],
  })
}

function claimRow(claim: PaperClaim): TableRow {
  const { statement, expected, published, own, correctedP, ownVerdict } = claim
  return textRow([
    statement,
    expected,
    publishedText(published, claim),
    intervalText(own, claim),
    correctedP === null ? none : pText(correctedP),
    asStatedText(claim),
    textCell(verdictWords[ownVerdict], verdictTones[ownVerdict]),
  ])
}

const isOpen = ({ ownVerdict }: PaperClaim) => ownVerdict === 'undecided' || ownVerdict === 'untested'

/** What own runs say of claims, the clearest first. */
const answers: readonly { title: string; has: (claim: PaperClaim) => boolean }[] = [
  { title: 'Hold', has: ({ ownVerdict }) => ownVerdict === 'agrees' },
  { title: 'Do not hold', has: ({ ownVerdict }) => ownVerdict === 'disagrees' },
  { title: 'Open: as stated, but not clear of chance', has: (claim) => isOpen(claim) && claim.ownHolds === true },
  { title: 'Open: not as stated, but not clear of chance', has: (claim) => isOpen(claim) && claim.ownHolds === false },
  { title: 'Without own values', has: ({ ownVerdict }) => ownVerdict === 'missing' },
]

/** Claims by what own runs say of them. */
export function answersTable(claims: readonly PaperClaim[]): Table {
  const groups = answers.map(({ title, has }) => ({ title, claims: claims.filter(has) }))
  return textTable({
    name: 'answers',
    caption: 'What own runs say of the claims of the paper: differences in points of accuracy, on STS-B in MSE.',
    legend: settingLegend(claims),
    heads: [{ title: 'Claim', width: 0.68 }],
    columns: [
      { title: 'Published', width: 0.1 },
      { title: ownTitle(claims), width: 0.22 },
    ],
    blocks: groups.flatMap(({ title, claims: own }) =>
      own.length === 0 ? [] : [{ title: `${title} (${own.length} of ${claims.length})`, rows: own.map(answerRow) }],
    ),
  })
}

function answerRow(claim: PaperClaim): TableRow {
  return textRow([claim.statement, publishedText(claim.published, claim), intervalText(claim.own, claim)])
}

/** The tests of a claim, as details. */
export function testsTable(claim: PaperClaim): Table {
  return textTable({
    name: `tests-${claim.id}`,
    caption: `${claim.statement} Stated: ${claim.expected}.`,
    legend: settingLegend([claim]),
    heads: [
      { title: 'Table', width: 0.06 },
      { title: 'Published with', width: 0.18 },
      { title: 'Budget', width: 0.1 },
      { title: 'Difference', width: 0.22 },
    ],
    columns: [
      { title: 'Published', width: 0.09 },
      { title: ownTitle([claim]), width: 0.18 },
      { title: 'p', width: 0.07 },
      { title: 'n', width: 0.03 },
      { title: 'As stated', width: 0.07 },
    ],
    blocks: [{ title: null, rows: claim.tests.map((test) => testRow(test, claim)) }],
  })
}

function testRow(test: ClaimTest, claim: PaperClaim): TableRow {
  const { table, setting, budget, contrast, published, own, ownHolds, repeats } = test
  return textRow(
    [
      table.replace('table-', ''),
      setting,
      budgetColumn(budget).title!,
      contrast,
      sortedBy(published, publishedText(published, claim)),
      sortedBy(own?.difference, intervalText(own, claim)),
      sortedBy(own?.p, own === null || own.p === null ? none : pText(own.p)),
      sortedBy(own?.n, own === null ? none : String(own.n)),
      repeats !== null ? `as in ${repeats.replace('table-', '')}` : ownHolds === null ? none : ownHolds ? 'yes' : 'no',
    ],
    4,
  )
}

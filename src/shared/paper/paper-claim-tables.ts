import { fixed, none, signed } from '../format/numbers.ts'
import { pText, untestedWords } from '../statistics/paired.ts'
import type {
  ClaimAnswer,
  ClaimDifference,
  ClaimTest,
  ClaimVerdict,
  PaperClaim,
  RuleAnswer,
  TestedClaims,
  TestRule,
} from './paper-report.ts'
import { otherVerdict } from './paper-test-rule.ts'
import { otherSettingMark, verdictWords } from './paper-words.ts'
import { type CellTone, textCell, type Table, type TableRow } from '../tables/table.ts'
import { budgetColumn } from '../tables/table-words.ts'
import { primaryMetric } from '../methods/task.ts'
import { sortedBy, textRow, textTable } from '../tables/text-table.ts'

export const verdictTones: Record<ClaimVerdict, CellTone> = {
  agrees: 'good',
  disagrees: 'bad',
  undecided: 'open',
  untested: 'none',
  missing: 'none',
}

/** As many as tell differences apart: one less than values of a metric such as MSE have. */
export const decimalsOf = (claim: Pick<PaperClaim, 'task'>) => Math.min(3, primaryMetric(claim).decimals)

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
export function ownWords(claim: Pick<PaperClaim, 'task'>, answer: ClaimAnswer): string {
  return answer.own === null ? none : `${ruleWords(claim, answer)}, ${asStatedText(answer)} tests as stated`
}

/** `−2.10 [−3.40, −0.80], p = 0.013 (Holm)` */
export function ruleWords(claim: Pick<PaperClaim, 'task'>, { own, correctedP }: RuleAnswer): string {
  if (own === null) return none
  const p =
    correctedP === null
      ? untestedWords[own.untested!]
      : `p ${correctedP < 0.001 ? '' : '= '}${pText(correctedP)} (Holm)`
  return `${intervalText(own, claim)}, ${p}`
}

/** `18 of 20`: of the tests with own values that count here, those whose difference is as stated. */
export function asStatedText({ tests }: Pick<PaperClaim, 'tests'>): string {
  const own = tests.filter(({ own, repeats }) => own !== null && repeats === null)
  return own.length === 0 ? none : `${own.filter(({ ownHolds }) => ownHolds === true).length} of ${own.length}`
}

export const isMarked = (claims: readonly PaperClaim[]) => claims.some(({ otherSetting }) => otherSetting)

/** In place of a † in each cell. */
export const settingLegend = (claims: readonly PaperClaim[]): string[] =>
  isMarked(claims)
    ? [`${otherSettingMark} Own runs have other networks, data or training than the published values.`]
    : []

const ownTitle = (claims: readonly PaperClaim[]) => `Own${isMarked(claims) ? otherSettingMark : ''} [95 % interval]`

/** Every claim with its verdict, in the order of the paper. */
export function claimsTable({ claims, testRule }: TestedClaims): Table {
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
    blocks: [{ title: null, rows: claims.flatMap((claim) => claimRows(claim, testRule)) }],
  })
}

/** With a row for runs at equal epochs, and one below each whose verdict is another one by the former rule. */
function claimRows(claim: PaperClaim, testRule: TestRule): TableRow[] {
  const { statement, expected, published, equalEpochs } = claim
  const row = (answer: RuleAnswer, asStated: string, ...first: [string, string, string]) => {
    const { own, correctedP, ownVerdict } = answer
    return textRow([
      ...first,
      intervalText(own, claim),
      correctedP === null ? none : pText(correctedP),
      asStated,
      textCell(verdictWords[ownVerdict], verdictTones[ownVerdict]),
    ])
  }
  const rows = (answer: ClaimAnswer, ...first: [string, string, string]) => {
    const former = otherVerdict(answer, testRule)
    return [
      row(answer, asStatedText(answer), ...first),
      ...(former === null ? [] : [row(former, '', formerRuleTitle, '', '')]),
    ]
  }
  return [
    ...rows(claim, statement, expected, publishedText(published, claim)),
    ...(equalEpochs === null ? [] : rows(equalEpochs, `${equalEpochsTitle}, of ${tablesOf(equalEpochs)}`, '', '')),
  ]
}

export const formerRuleTitle = 'By the former rule of testing'

export const equalEpochsTitle = 'The same at equal epochs'

/** `tables 8 and 10` */
const tablesOf = ({ tests }: Pick<ClaimAnswer, 'tests'>): string => {
  const numbers = [...new Set(tests.map(({ table }) => table.replace('table-', '')))]
  return `${numbers.length === 1 ? 'table' : 'tables'} ${numbers.join(' and ')}`
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

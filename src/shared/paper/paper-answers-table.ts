import { fixed, none, signed } from '../format/numbers.ts'
import { decimalsOf, isMarked, publishedText, settingLegend, verdictTones } from './paper-claim-tables.ts'
import type { ClaimAnswer, ClaimDifference, ClaimVerdict, PaperClaim, TestedClaims } from './paper-report.ts'
import { otherVerdict } from './paper-test-rule.ts'
import { otherSettingMark } from './paper-words.ts'
import { textCell, type Table, type TableRow } from '../tables/table.ts'
import { textRow, textTable } from '../tables/text-table.ts'

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
export function answersTable(tested: TestedClaims): Table {
  const { claims } = tested
  const groups = answers.map(({ title, has }) => ({ title, claims: claims.filter(has) }))
  const hasEqual = claims.some(({ equalEpochs }) => equalEpochs !== null)
  return textTable({
    name: 'answers',
    caption: 'What own runs say of the claims of the paper: differences in points of accuracy, on STS-B in MSE.',
    legend: [...settingLegend(claims), ...(hasEqual ? [equalEpochsLegend] : [])],
    heads: [{ title: 'Claim', width: hasEqual ? 0.57 : 0.72 }],
    columns: [
      { title: 'Published', width: 0.1 },
      { title: `Own${isMarked(claims) ? otherSettingMark : ''}, ± 95 %`, width: 0.15 },
      ...(hasEqual ? [{ title: 'At equal epochs', width: 0.18 }] : []),
    ],
    blocks: groups.flatMap(({ title, claims: own }) =>
      own.length === 0
        ? []
        : [
            {
              title: `${title} (${own.length} of ${claims.length})`,
              rows: own.map((claim) => answerRow(claim, hasEqual, tested)),
            },
          ],
    ),
  })
}

function answerRow(claim: PaperClaim, hasEqual: boolean, tested: TestedClaims): TableRow {
  const { statement, published, own, equalEpochs } = claim
  const equal = equalEpochs
    ? textCell(
        `${halfWidthText(equalEpochs.own, claim)}, ${answerWords[equalEpochs.ownVerdict]}${formerText(equalEpochs, tested)}`,
        verdictTones[equalEpochs.ownVerdict],
      )
    : none
  const ownText = halfWidthText(own, claim) + formerText(claim, tested)
  return textRow([statement, publishedText(published, claim), ownText, ...(hasEqual ? [equal] : [])])
}

/** ` (former rule: open)` */
function formerText(answer: ClaimAnswer, { testRule }: TestedClaims): string {
  const former = otherVerdict(answer, testRule)
  return former === null ? '' : ` (former rule: ${answerWords[former.ownVerdict]})`
}

/** `−2.10 ± 1.30`: t intervals are symmetric. */
function halfWidthText(own: ClaimDifference | null, claim: Pick<PaperClaim, 'task'>): string {
  if (own === null) return none
  const decimals = decimalsOf(claim)
  const { difference, high } = own
  return signed(difference, decimals) + (high === null ? '' : ` ± ${fixed(high - difference, decimals)}`)
}

const answerWords: Record<ClaimVerdict, string> = {
  agrees: 'holds',
  disagrees: 'does not',
  undecided: 'open',
  untested: 'open',
  missing: none,
}

const equalEpochsLegend =
  'At equal epochs: the ResNet and the ViT once more, every regime with as many epochs, in place of early stopping.'

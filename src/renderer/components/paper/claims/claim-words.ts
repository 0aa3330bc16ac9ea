import { none, signed } from '../../../../shared/format/numbers.ts'
import type { ClaimTest, PaperClaim } from '../../../../shared/paper-report.ts'
import { verdictCounts } from '../../../../shared/paper-words.ts'
import { budgetName } from '../../../composables/compare/budgets.ts'
import { pText } from '../../compare/differences/words.ts'
import { nameOfId } from '../item-words.ts'

type Own = ClaimTest['own']

const decimals = 2

/** A difference in the metric's unit: `+3.62`. */
export const differenceText = (value: number | null | undefined): string =>
  value === null || value === undefined ? none : signed(value, decimals)

/** `+1.20 … +6.04` */
export function intervalText(own: Own): string {
  if (own === null || own.low === null || own.high === null) return none
  return `${signed(own.low, decimals)} … ${signed(own.high, decimals)}`
}

export const probabilityText = (own: Own): string => (own === null || own.p === null ? none : pText(own.p))

/** Which way an undecided difference points, behind its verdict. */
export function leaningText({ ownVerdict, ownHolds }: ClaimTest): string {
  if (ownVerdict !== 'undecided' || ownHolds === null) return ''
  return ownHolds ? ', as stated' : ', not as stated'
}

/** `Table 8, 25 %` */
export const placeText = ({ table, budget }: ClaimTest): string => `${nameOfId(table)}, ${budgetName(budget)}`

/** What the own runs say of all claims. */
export const ownSummary = (claims: readonly PaperClaim[]): string => verdictCounts(claims.map(({ own }) => own))
export const publishedSummary = (claims: readonly PaperClaim[]): string =>
  verdictCounts(claims.map(({ published }) => published))

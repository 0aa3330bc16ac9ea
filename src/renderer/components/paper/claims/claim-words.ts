import { none, signed } from '../../../../shared/format/numbers.ts'
import type { ClaimTest, PaperClaim } from '../../../../shared/paper-report.ts'
import { nameOfId, verdictCounts } from '../../../../shared/paper-words.ts'
import { untestedWords } from '../../../../shared/paired.ts'
import { budgetName } from '../../../composables/compare/budgets.ts'
import { pText } from '../../../../readings/differences/pair.ts'

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

/** Which way a difference points that chance may explain, behind its verdict. */
export function leaningText({ ownVerdict, ownHolds }: ClaimTest): string {
  if (!['undecided', 'untested'].includes(ownVerdict) || ownHolds === null) return ''
  return ownHolds ? ', as stated' : ', not as stated'
}

/** Why a difference has no p. */
export const untestedText = (own: Own): string | undefined =>
  own === null || own.untested === null ? undefined : `Not tested: ${untestedWords[own.untested]}.`

/** `Table 8, 25 %` */
export const placeText = ({ table, budget }: ClaimTest): string => `${nameOfId(table)}, ${budgetName(budget)}`

/** What the own runs say of all claims. */
export const ownSummary = (claims: readonly PaperClaim[]): string => verdictCounts(claims.map(({ own }) => own))
export const publishedSummary = (claims: readonly PaperClaim[]): string =>
  verdictCounts(claims.map(({ published }) => published))

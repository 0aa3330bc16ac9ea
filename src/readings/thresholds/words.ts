import type { RiskKind } from '../../main/engine/evaluation/risk-control.ts'

/** The epoch was chosen on the same samples. */
export const caveat =
  'Thresholds are chosen on the validation samples, which also chose the epoch: the probability of a guarantee is not strict.'

export const riskInWords: Record<RiskKind, string> = {
  harm: 'leave with a wrong class where the final exit’s is right',
  inconsistency: 'leave with another class than the final exit’s',
}

import { chosenRegime } from '../../../../contract/experiment/regime-choice.ts'
import type { RegimeChoice } from '../../../../shared/phases/written-phase.ts'
import type { EvaluationSummary } from '../../../../engine/pure.ts'
import { keepsBareBackbone, regimes, withPhases } from '../../../../engine/regimes/index.ts'

/** Whether results of a regime, among those of its experiment, have the bare backbone as their final exit. Of a regime that is not known, as one of an import or of an extension that is gone, it is not said. */
export function bareBackbone(
  name: string | null,
  choices: readonly RegimeChoice[],
): Pick<EvaluationSummary, 'isBareBackbone'> {
  const regime = name === null ? null : chosenRegime(choices, name)
  if (regime === null || (typeof regime === 'string' && !regimes.has(regime))) return {}
  return keepsBareBackbone(withPhases(regime)) ? { isBareBackbone: true } : {}
}

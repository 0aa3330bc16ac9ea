import type { PhaseSpec } from '../../shared/phases/phase.ts'
import { createRegistry } from '../../shared/methods/registry.ts'
import type { RegimeChoice, WrittenRegime } from '../../shared/phases/written-phase.ts'
import { alternating } from './alternating.ts'
import { backbone } from './backbone.ts'
import { branchWise } from './branch-wise.ts'
import { disjoint } from './disjoint.ts'
import { joint } from './joint.ts'
import { mixedGradual } from './mixed-gradual.ts'
import { mixed } from './mixed.ts'
import type { Regime, RegimeNetwork } from './regime.ts'
import { separate } from './separate.ts'
import { unfold } from './unfold.ts'

export { keepsBareBackbone } from './bare-backbone.ts'
export { ensemblePhase } from './ensemble-phase.ts'
export { needsExit, unfold, type UnfoldedPhase } from './unfold.ts'
export { problemsOfPhases } from './problems.ts'
export type { Regime, RegimeNetwork } from './regime.ts'

/** Training regimes that an experiment may name, in the order in which they are listed. */
export const regimes = createRegistry<Regime>('regime', {
  disjoint,
  joint,
  mixed,
  'branch-wise': branchWise,
  separate,
  alternating,
  'mixed-gradual': mixedGradual,
  backbone,
})

/** A regime with its phases. @throws UnknownMethodError where there is none of the name. */
export function withPhases(regime: RegimeChoice): WrittenRegime {
  return typeof regime === 'string' ? { name: regime, phases: [...regimes.get(regime).phases] } : regime
}

/** The phases that train this network by a registered regime, in order. @throws ExitlabError as `unfold`. */
export function phasesOf(name: string, network: RegimeNetwork): PhaseSpec[] {
  return unfold(withPhases(name), network, ['regimes', 0]).map(({ phase }) => phase)
}

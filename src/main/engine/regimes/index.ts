import { settingRefused } from '../../../shared/error.ts'
import type { PhaseSpec, RegimeName } from '../../../shared/phase.ts'
import { alternating } from './alternating.ts'
import { branchWise } from './branch-wise.ts'
import { disjoint } from './disjoint.ts'
import { joint } from './joint.ts'
import { mixedGradual } from './mixed-gradual.ts'
import { mixed } from './mixed.ts'
import type { Regime, RegimeNetwork } from './regime.ts'
import { separate } from './separate.ts'

export type { Regime, RegimeNetwork } from './regime.ts'

/** Every training regime there is. */
export const regimes = {
  disjoint,
  joint,
  mixed,
  'branch-wise': branchWise,
  separate,
  alternating,
  'mixed-gradual': mixedGradual,
} satisfies Record<RegimeName, Regime>

/**
 * The phases that train this network by this regime, in order. Fails (`invalid-experiment`) on a network without exits:
 * there the regimes do not differ, and some of their phases would train nothing.
 */
export function phasesOf(regime: RegimeName, network: RegimeNetwork): PhaseSpec[] {
  if (network.exits.length < 2) {
    const path = ['network', 'exits']
    const message = `regime ${regime} needs at least one early exit; this network has none`
    throw settingRefused(path, message)
  }
  return regimes[regime].phases(network)
}

import type { WrittenPhase } from '../../shared/phases/written-phase.ts'
import type { Network } from '../networks/network.ts'

/** Properties of the multi-exit network that a regime needs. A `Network` has them. */
export type RegimeNetwork = Pick<Network, 'exits' | 'groups'>

/** A way to train a multi-exit network: an ordered list of phases, as an experiment file writes its own. */
export interface Regime {
  info: {
    title: string
    /** Description, one sentence. */
    sentence: string
    /** Publication. */
    paper: string
  }
  phases: readonly WrittenPhase[]
}

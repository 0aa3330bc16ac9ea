import type { PhaseSpec } from '../../../shared/phase.ts'
import type { Network } from '../networks/network.ts'

/** Properties of the multi-exit network that a regime needs. A `Network` has them. */
export type RegimeNetwork = Pick<Network, 'exits' | 'groups'>

/** A way to train a multi-exit network: an ordered list of phases, each of which starts from the weights of the one before. */
export interface Regime {
  info: {
    title: string
    /** Description, one sentence. */
    sentence: string
    /** Publication. */
    paper: string
  }
  /**
   * The phases for this network. Equal trainings come out as equal data whichever regime they belong to, so that runs can
   * share them: `trains` names exactly the groups that the loss reaches, in the network's order.
   */
  phases(network: RegimeNetwork): PhaseSpec[]
}

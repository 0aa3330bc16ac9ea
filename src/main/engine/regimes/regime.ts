import type { PhaseSpec } from '../../../shared/phase.ts'
import type { Network } from '../networks/network.ts'

/** What a regime has to know of the multi-exit network that it trains. A `Network` is one. */
export type RegimeNetwork = Pick<Network, 'exits' | 'groups'>

/** A way to train a multi-exit network: an ordered list of phases, each of which starts from the weights of the one before. */
export interface Regime {
  info: {
    title: string
    /** What it does, in one sentence. */
    sentence: string
    /** Where it comes from. */
    paper: string
  }
  /**
   * The phases for this network. Equal trainings come out as equal data whichever regime they belong to, so that runs can
   * share them: `trains` names exactly the groups that the loss reaches, in the network's order.
   */
  phases(network: RegimeNetwork): PhaseSpec[]
}

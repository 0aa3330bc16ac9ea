import { hash } from 'node:crypto'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { Latency } from '../../../shared/evaluation/latency.ts'
import type { NetworkSpec } from '../../../shared/network/network.ts'
import { hashesOf } from '../../../contract/experiment/identity.ts'
import { originsIn } from '../../../contract/experiment/stored-methods.ts'
import { familyOf } from '../../../engine/networks/families.ts'
import type { Store } from '../../store/open.ts'

/** Key of a network's latency: what acts in training alone makes no difference to it. */
export function latencyKey(network: NetworkSpec): string {
  const content = withoutNormalisation(familyOf(network).evaluated(network))
  return hash('sha256', canonicalJson({ ...content, ...hashesOf(originsIn({ network })) }))
}

/** Latency of a network on each machine on which it was measured, the latest first. */
export const latenciesOf = (store: Store, network: NetworkSpec): Latency[] => store.latencies.of(latencyKey(network))

function withoutNormalisation({ normalisation: _, ...layers }: { normalisation?: unknown }): object {
  return layers
}

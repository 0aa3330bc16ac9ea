import type { SiteFeature } from '../../../../shared/network/network-file.ts'
import type { GraphValue, Node } from '../graph/graph.ts'

/** The feature of blocks that heads read. */
export const readsOf = (feature: SiteFeature): 'map' | 'tokens' => (feature.endsWith('token') ? 'tokens' : 'map')

/** The head of a network that names none. */
export const defaultHead = (feature: SiteFeature): string => (readsOf(feature) === 'map' ? 'pooled' : '1L')

/** What heads read at a site: a map with channels first or last, or tokens. */
export type SiteKind = 'map' | 'map-last' | 'tokens'

export function kindOf({ sizes, channelAxis }: GraphValue): SiteKind | null {
  // Behind convolutions over a sequence the channels come before the places: heads would take places for channels.
  if (sizes.length === 3) return channelAxis === 1 ? null : 'tokens'
  if (sizes.length !== 4) return null
  return channelAxis === 3 ? 'map-last' : 'map'
}

/** Which heads can sit behind a value: those of maps or of tokens. */
export const headsBehind = (value: GraphValue): 'map' | 'tokens' | null => {
  const kind = kindOf(value)
  return kind === 'map-last' ? 'map' : kind
}

/** Shape of one sample as heads take it: maps [height, width, channels]. */
export function featureShape(value: GraphValue): number[] {
  const [, ...shape] = value.shape
  return kindOf(value) === 'map' ? [shape[1]!, shape[2]!, shape[0]!] : shape
}

/** Whether logits are made of the first token alone, by the nodes behind the last block. */
export function readsFirstToken(nodes: readonly Node[]): boolean {
  return nodes.some(({ operator, inputs: [x, indices], outputs: [y], settings }) => {
    if (x!.sizes.length !== 3) return false
    if (operator === 'Gather')
      return settings!['axis'] === 1 && indices!.known && Array.from(indices!.known).join() === '0'
    const isFirst = operator === 'Slice' && (settings!['start'] as number[])[1] === 0
    return isFirst && x!.shape[1]! > 1 && y!.shape[1] === 1
  })
}

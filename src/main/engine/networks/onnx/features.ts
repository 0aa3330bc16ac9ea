import type { SiteFeature } from '../../../../shared/network-file.ts'

/** The feature of blocks that heads read. */
export const readsOf = (feature: SiteFeature): 'map' | 'tokens' => (feature.endsWith('token') ? 'tokens' : 'map')

/** The head of a network that names none. */
export const defaultHead = (feature: SiteFeature): string => (readsOf(feature) === 'map' ? 'pooled' : '1L')

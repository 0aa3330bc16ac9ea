import type { RouteLocationRaw } from 'vue-router'
import { hasCosts, type ImportedResult } from '../../../shared/runs/imported.ts'

/** Where imported results are shown: with their experiment, else alone; where they have no costs, among training curves. */
export function compareLink(results: readonly ImportedResult[]): RouteLocationRaw {
  const references = new Set(results.map(({ id, experiment }) => experiment ?? id))
  const tab = results.some(({ content }) => hasCosts(content)) ? {} : { tab: 'training-curves' }
  return { name: 'compare', query: { runs: [...references].join(','), ...tab } }
}

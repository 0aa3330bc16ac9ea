import type { Costs } from '../../../shared/runs/runs.ts'
import type { Store } from '../../store/open.ts'

interface RecountedSeries {
  id: number
  /** Null where its network cannot be built. */
  costs: Costs | null
}

/**
 * Costs of stored series by the present rule (method 6.1), of those that were counted by another one: all that is shown and compared is
 * of one rule. What phases were trained with is theirs.
 */
export async function recountedSeries({ series }: Store): Promise<RecountedSeries[]> {
  const former = series.ofFormerCounting()
  if (former.length === 0) return []
  // Loads the planning of networks, which other workspaces do without.
  const { recounted } = await import('../../../engine/plan.ts')
  return former.map(({ id, network, costs }) => {
    try {
      return { id, costs: recounted(network, costs) }
    } catch {
      return { id, costs: null }
    }
  })
}

export function keepCosts(store: Store, recounted: readonly RecountedSeries[]): void {
  if (recounted.length === 0) return
  store.transaction(() => recounted.forEach(({ id, costs }) => costs && store.series.recount(id, costs)))
}

/** That the costs of a series are still those of another rule. */
export const uncountedSeries = (name: string) =>
  `The network of the series ${name} cannot be built, so its costs stay as an earlier version counted them: do not compare them with others’.`

import { defineStore } from 'pinia'
import { computed } from 'vue'
import { isPaperRegime } from '../../shared/methods/regime-names.ts'
import { regimeLooks } from '../../shared/experiment/series.ts'
import { useRunsStore } from './runs.ts'

/** A regime as an experiment has it. */
interface RegimeOf {
  experimentId: string
  regime: string
}

/**
 * Places of regimes in the palette of series, null for those of the paper: what their experiment gives them, so that a run looks
 * everywhere as the curve of its regime in Compare.
 */
export const useRegimeLooksStore = defineStore('regime-looks', () => {
  const runs = useRunsStore()
  const looks = computed(() => {
    const own = runs.list.filter(({ regime }) => !isPaperRegime(regime))
    const experiments = Map.groupBy(own, ({ experimentId }) => experimentId)
    return new Map([...experiments].map(([id, of]) => [id, regimeLooks(of)]))
  })
  const lookOf = ({ experimentId, regime }: RegimeOf) => looks.value.get(experimentId)?.get(regime) ?? null
  return { lookOf }
})

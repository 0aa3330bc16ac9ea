import { computed, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import type { SharedName } from '../../../shared/contract/runs.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { experimentsWithResults } from '../analyses/analysed-experiments.ts'
import { useSettledAddress } from '../use-settled-address.ts'
import type { CompareChoice } from './choice.ts'
import { asIds, comparedRuns, sharedNames, withoutHidden } from './compared-runs.ts'
import type { ComparedRuns } from './compared-runs.ts'
import type { ComparisonQuery } from './use-comparison.ts'

/** What is compared: the runs that the address names; where it names none, the newest experiment with a result enters it. */
export function useComparedRuns(choice: ComputedRef<CompareChoice>): {
  /** All that are chosen, hidden or not. */
  runs: ComputedRef<ComparedRuns>
  /** Those that are not hidden. */
  shown: ComputedRef<ComparedRuns>
  /** Names that the address had, with what else they could have meant. */
  shared: ShallowRef<readonly SharedName[]>
  /** What exports and questions ask about: every shown run that is done. Null while none is. */
  query: ComputedRef<ComparisonQuery | null>
} {
  const store = useRunsStore()
  const usual = computed(() => experimentsWithResults(store.list)[0]?.id ?? null)
  const shared = useNamesAsIds(choice, usual)
  const references = computed(() => (choice.value.runs.length > 0 ? choice.value.runs : [usual.value ?? []].flat()))
  const runs = computed(() => comparedRuns(references.value, store.list))
  const shown = computed(() => withoutHidden(runs.value, choice.value.hidden))
  // As text, so that nothing is asked again while the same runs are done.
  const text = computed(() => {
    const ids = shown.value.done.map(({ id }) => id)
    return ids.length === 0 ? null : JSON.stringify(queryOf(ids, choice.value))
  })
  const query = computed(() => (text.value === null ? null : (JSON.parse(text.value) as ComparisonQuery)))
  return { runs, shown, shared, query }
}

/** Puts ids in the place of names in the address. @returns the names that are shared; they are known until others are chosen. */
function useNamesAsIds(choice: ComputedRef<CompareChoice>, usual: ComputedRef<string | null>) {
  const store = useRunsStore()
  const shared = shallowRef<readonly SharedName[]>([])
  let settledText: string | null = null
  useSettledAddress('runs', (text) => {
    if (text === null) return usual.value
    if (!store.loaded || text === settledText) return null
    shared.value = sharedNames(choice.value.runs, store.list)
    settledText = asIds(choice.value.runs, store.list).join(',')
    return settledText
  })
  return shared
}

function queryOf(runs: string[], { protocol, rule, reading, budgets }: CompareChoice): ComparisonQuery {
  return { runs, protocol, rule, reading, budgets: [...budgets] }
}

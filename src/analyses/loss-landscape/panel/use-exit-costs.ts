import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useAnswer } from '../../../renderer/composables/use-answer.ts'
import { useHost } from '../../../renderer/api/host.ts'

/** What each exit of some runs costs, as a fraction of the backbone; null while that is not known, and where networks differ. */
export function useExitCosts(runs: () => readonly string[]): ComputedRef<readonly number[] | null> {
  const { client } = useHost()
  const text = computed(() => JSON.stringify(runs()))
  const tables = useAnswer((signal) => {
    const asked = JSON.parse(text.value) as string[]
    return asked.length === 0 ? null : client.evaluations.exits({ runs: asked }, { signal })
  })
  return computed(() => {
    const costs = (tables.data.value ?? []).map(({ exits }) => exits.map(({ fraction }) => fraction))
    return new Set(costs.map((each) => each.join())).size === 1 ? costs[0]! : null
  })
}

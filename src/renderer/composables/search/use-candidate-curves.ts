import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'
import type { SearchDetail } from '../../../contract/searches.ts'
import { useHost } from '../../api/host.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useLiveRequest } from '../use-live-request.ts'

/** Points of a curve at most. */
const points = 40

/** The primary metric of the final exit on validation samples over epochs, by run: of the first seed of each candidate in each rung. */
export function useCandidateCurves(
  search: () => SearchDetail | null,
): ComputedRef<ReadonlyMap<string, readonly (readonly [x: number, y: number])[]>> {
  const { client } = useHost()
  const epochs = ref(0)
  onScopeDispose(useRunsStore().onEpoch(() => void epochs.value++).off)
  // As a text, so that a new state of the search with the same runs does not interrupt the request.
  const runs = computed(() => {
    const entries = (search()?.ladder ?? []).flatMap((rung) => rung.entries)
    return entries.flatMap((entry) => entry.runs.slice(0, 1)).join(' ')
  })
  const answer = useLiveRequest((signal) => (runs.value === '' ? null : read(runs.value.split(' '), signal)), {
    changes: () => epochs.value,
  })

  async function read(of: string[], signal: AbortSignal) {
    const { series, values } = await client.runs.curves({ runs: of, points }, { signal })
    const numbers = new Float32Array(await values.arrayBuffer())
    let at = 0
    return new Map(
      series.map(({ run, points: count }) => [
        run,
        Array.from({ length: count }, () => [numbers[at++]!, numbers[at++]!] as const),
      ]),
    )
  }

  return computed(() => answer.data.value ?? new Map())
}

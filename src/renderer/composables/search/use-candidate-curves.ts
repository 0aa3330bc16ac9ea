import { computed, ref, type ComputedRef } from 'vue'
import type { SearchDetail } from '../../../contract/searches.ts'
import { useHost } from '../../api/host.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { curvesByRun, type CurvePoints } from '../run-curves.ts'
import { steady } from '../steady.ts'
import { useLiveRequest } from '../use-live-request.ts'

/** Points of a curve at most. */
const points = 40

/** The primary metric of the final exit on validation samples over epochs, by run: of the first seed of each candidate in each rung. */
export function useCandidateCurves(search: () => SearchDetail | null): ComputedRef<ReadonlyMap<string, CurvePoints>> {
  const { client } = useHost()
  const epochs = ref(0)
  useRunsStore().onEpoch(() => void epochs.value++)
  const runs = steady(() => {
    const entries = (search()?.ladder ?? []).flatMap((rung) => rung.entries)
    return entries.flatMap((entry) => entry.runs.slice(0, 1))
  })
  const read = async (of: string[], signal: AbortSignal) =>
    curvesByRun(await client.runs.curves({ runs: of, points }, { signal }))
  const answer = useLiveRequest((signal) => (runs.value.length === 0 ? null : read(runs.value, signal)), {
    changes: () => epochs.value,
  })
  return computed(() => answer.data.value ?? new Map())
}

import { computed, onScopeDispose, shallowReactive, shallowRef, watch } from 'vue'
import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import { messageOf } from '../../api/errors.ts'
import { useHost } from '../../api/host.ts'
import { useHostStore } from '../../stores/host.ts'

interface ShownResult {
  result: unknown
  whole: boolean
}

/** Running analyses are read at most twice a second; large results take at most a fifth of the time. */
const shortestMilliseconds = 500
const readingsOfRest = 4

/** Results of analyses, complete or partial: read when there is progress, and cached. */
export function useResultsById(analyses: () => readonly AnalysisSummary[]) {
  const { client } = useHost()
  const host = useHostStore()
  const results = shallowRef<ReadonlyMap<string, ShownResult>>(new Map())
  /** By analysis. */
  const errors = shallowReactive(new Map<string, string>())
  const end = new AbortController()
  /** Progress at the last read. */
  const readAt = new Map<string, string>()
  const busy = new Set<string>()

  async function read({ id }: AnalysisSummary): Promise<void> {
    try {
      const { analysis, result, whole } = await client.analyses.show({ analysis: id }, { signal: end.signal })
      readAt.set(id, placeOf(analysis))
      if (result !== null) results.value = new Map(results.value).set(id, { result, whole })
      errors.delete(id)
    } catch (cause) {
      if (!end.signal.aborted) errors.set(id, messageOf(cause))
    }
  }

  /** Fetches a result until it includes the reported progress. */
  async function follow(id: string): Promise<void> {
    if (busy.has(id)) return
    busy.add(id)
    for (let analysis = current(id); analysis && !end.signal.aborted && isBehind(analysis); analysis = current(id)) {
      const began = performance.now()
      await read(analysis)
      if (errors.has(id)) break
      if (analysis.status === 'running') await rest(performance.now() - began)
    }
    busy.delete(id)
  }

  const current = (id: string) => analyses().find((each) => each.id === id)
  const isBehind = (analysis: AnalysisSummary) =>
    hasSomething(analysis) &&
    results.value.get(analysis.id)?.whole !== true &&
    readAt.get(analysis.id) !== placeOf(analysis)

  watch(
    // What could not be read while the host was away is read once it is back.
    () => [host.link === 'lost', ...analyses().map((each) => `${each.id} ${placeOf(each)}`)].join(),
    () => analyses().forEach(({ id }) => void follow(id)),
    { immediate: true },
  )
  onScopeDispose(() => end.abort())
  return {
    results,
    /** Why one of those that are asked for cannot be read. */
    error: computed(
      () =>
        analyses()
          .map(({ id }) => errors.get(id))
          .find((each) => each !== undefined) ?? null,
    ),
  }
}

function hasSomething({ status, done }: AnalysisSummary): boolean {
  return status === 'done' || done > 0
}

function placeOf({ status, done }: AnalysisSummary): string {
  return `${status} ${done}`
}

/** Behind a reading that took so long. */
function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(shortestMilliseconds, readingsOfRest * milliseconds)))
}

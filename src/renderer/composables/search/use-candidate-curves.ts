import { computed, type ComputedRef } from 'vue'
import type { SearchDetail } from '../../../contract/searches.ts'
import { useHost } from '../../api/host.ts'
import { useRequest } from '../use-request.ts'

/** Points of a curve at most. */
const points = 40

/** The primary metric of the final exit on validation samples over epochs, by run: of the first seed of each candidate in each rung. */
export function useCandidateCurves(
  search: () => SearchDetail | null,
): ComputedRef<ReadonlyMap<string, readonly (readonly [x: number, y: number])[]>> {
  const { client } = useHost()
  const answer = useRequest((signal) => {
    const runs = (search()?.ladder ?? []).flatMap(({ entries }) => entries.flatMap((entry) => entry.runs.slice(0, 1)))
    return runs.length === 0 ? null : read(runs, signal)
  })

  async function read(runs: string[], signal: AbortSignal) {
    const { series, values } = await client.runs.curves({ runs, points }, { signal })
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

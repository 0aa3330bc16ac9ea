import { watch } from 'vue'
import type { Progress } from '../../../shared/events.ts'
import type { StepSample } from '../../../shared/runs.ts'
import { useHost } from '../../api/host.ts'
import { useGrowing } from './use-growing.ts'
import type { Growing } from './use-growing.ts'

const longestHistory = 20_000
const pollMilliseconds = 5000

/** Throughput and memory of a phase; while it is trained, what is new is fetched every few seconds. */
export function useSamples(phase: () => string | null, progress: () => Progress | null): Growing<StepSample> {
  const { client } = useHost()
  const samples = useGrowing<StepSample>({
    of: phase,
    fetch: (of, after) => client.runs.samples({ phase: of, after }),
    cursor: ({ at }) => at,
    atMost: longestHistory,
  })
  let asked = Date.now()
  watch(progress, (moment) => {
    if (moment?.phase !== phase() || Date.now() - asked < pollMilliseconds) return
    asked = Date.now()
    void samples.refresh()
  })
  return samples
}

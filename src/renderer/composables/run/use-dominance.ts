import { onScopeDispose } from 'vue'
import type { EpochDominance } from '../../../analyses/gradient-dominance/schema.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useHost } from '../../api/host.ts'
import { useGrowing } from './use-growing.ts'
import type { Growing } from './use-growing.ts'

const mostEpochs = 100_000

/** Gradient dominance of a phase over its epochs; what is measured from now on joins it. */
export function useDominance(phase: () => string | null): Growing<EpochDominance> {
  const { client } = useHost()
  const dominance = useGrowing<EpochDominance>({
    of: phase,
    fetch: (of, after) => client.runs.dominance({ phase: of, after }),
    cursor: ({ epoch }) => epoch,
    atMost: mostEpochs,
  })
  const leave = useRunsStore().onEpoch(({ phase: of, dominance: measured }) => {
    if (of !== phase() || measured === null) return
    const last = dominance.rows.value.at(-1)?.epoch ?? 0
    if (measured.epoch === last + 1) dominance.add([measured])
    else void dominance.refresh()
  })
  onScopeDispose(leave)
  return dominance
}

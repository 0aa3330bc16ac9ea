import { shallowRef } from 'vue'
import { useRunsStore } from '../../stores/runs.ts'
import { steady } from '../steady.ts'
import { useRequest } from '../use-request.ts'
import { useHost } from '../../api/host.ts'
import type { EpochMetric, EpochRecord } from '../../../shared/runs/runs.ts'

/** Epochs of phases, by phase: missing ones are fetched, new ones are added. */
export function useEpochs(phases: () => readonly string[]) {
  const { client } = useHost()
  const epochs = shallowRef<ReadonlyMap<string, EpochHistory>>(new Map())
  let held: ReadonlyMap<string, EpochHistory> = new Map()

  function join(phase: string, more: EpochHistory): void {
    held = new Map(held).set(phase, withEpochs(held.get(phase) ?? noEpochs, more))
    epochs.value = held
  }

  async function fetchLater(phase: string): Promise<void> {
    const later = await client.runs.epochs({ phase, after: lastEpoch(held.get(phase) ?? noEpochs) })
    // Events may have told of more by now.
    join(phase, lastEpoch(later) > lastEpoch(held.get(phase) ?? noEpochs) ? later : noEpochs)
  }

  // Runs change all the time, their phases do not.
  const wanted = steady(phases)
  const { loading, error, refresh } = useRequest(() =>
    wanted.value.length === 0 ? null : Promise.all(wanted.value.map(fetchLater)),
  )
  useRunsStore().onEpoch(({ phase, record, metrics }) => {
    const known = held.get(phase)
    if (!phases().includes(phase)) return
    if (known && record.epoch <= lastEpoch(known) + 1) join(phase, { records: [record], metrics })
    else void refresh()
  })
  return { epochs, loading, error }
}

/** The completed epochs of one phase, ascending. */
export interface EpochHistory {
  records: readonly EpochRecord[]
  metrics: readonly EpochMetric[]
}

export const noEpochs: EpochHistory = { records: [], metrics: [] }

/** Adds later epochs. Epochs that are reported again, as after a damaged checkpoint, are replaced. */
export function withEpochs(known: EpochHistory, more: EpochHistory): EpochHistory {
  const [first] = more.records
  if (!first) return known
  const earlier = <T extends { epoch: number }>(rows: readonly T[]) =>
    (rows.at(-1)?.epoch ?? 0) < first.epoch ? rows : rows.filter(({ epoch }) => epoch < first.epoch)
  return {
    records: [...earlier(known.records), ...more.records],
    metrics: [...earlier(known.metrics), ...more.metrics],
  }
}

function lastEpoch({ records }: EpochHistory): number {
  return records.at(-1)?.epoch ?? 0
}

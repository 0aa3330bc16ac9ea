import type { MeasuredNetwork } from '../../../contract/runs.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { networksToTime } from '../runs/networks-to-time.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'

/** Measures the latency of each different network of the runs on this machine, and stores it. */
export async function measureLatency(
  { store, trainers }: { store: Store; trainers: TrainerJobs },
  { runs, batchSize }: { runs: readonly RunRow[]; batchSize: number },
): Promise<MeasuredNetwork[]> {
  const measured: MeasuredNetwork[] = []
  for (const { key, network, checkpoint, runs: members } of networksToTime(store, runs)) {
    const batchSizes = [...new Set([1, batchSize])]
    const { machine, batches } = await trainers.measureLatency({ kind: 'latency', network, checkpoint, batchSizes })
    const latency = { machine, measuredAt: Date.now(), batches }
    store.latencies.put(key, latency)
    measured.push({ runs: members, latency })
  }
  return measured
}

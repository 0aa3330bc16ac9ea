import type { MeasuredNetwork } from '../../../../contract/runs.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { requireMethods } from '../../../../contract/experiment/stored-methods.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import type { TrainerJobs } from '../../../execution/trainer-pool/trainer-jobs.ts'
import { latencyKey } from '../../runs/latency-key.ts'
import { runDetail } from '../../runs/run-detail.ts'

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

/**
 * The different networks of runs, each with the runs that have it and weights of one of them. @throws ExitlabError `conflict` where a
 * run is not done, or one is being trained, which would disturb the clock.
 */
function networksToTime(store: Store, runs: readonly RunRow[]) {
  const waiting = runs.find(({ status }) => status !== 'done')
  if (waiting) {
    throw new ExitlabError('conflict', `${waiting.name} is ${waiting.status}: latency is measured of finished runs.`)
  }
  const [training] = store.runs.withStatus('running')
  if (training) {
    throw new ExitlabError(
      'conflict',
      `${training.name} is being trained, which would slow the network that is timed. Wait for it, or pause it.`,
      { command: ['pause', training.id] },
    )
  }
  const keyed = runs.map((run) => {
    const { network, methods } = store.phases.chain(run.id).at(-1)!.definition
    requireMethods({ network, methods }, run)
    return { run, network }
  })
  return [...Map.groupBy(keyed, ({ network }) => latencyKey(network))].map(([key, members]) => {
    const [{ run, network }] = members as [(typeof members)[number]]
    const last = runDetail(store, run).phases.at(-1)!
    return {
      key,
      network,
      checkpoint: { ...last.checkpoint!, phaseId: last.id },
      runs: members.map((each) => each.run.id),
    }
  })
}

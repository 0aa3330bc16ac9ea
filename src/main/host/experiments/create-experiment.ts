import type { RunSummary } from '../../../shared/runs.ts'
import { reopenDamaged } from '../queue/reopen-damaged.ts'
import type { HostServices } from '../services.ts'
import { insertExperiment } from './insert-experiment.ts'
import type { ExperimentInput } from './resolve-experiment.ts'

export interface CreatedExperiment {
  id: string
  /** Whether it is new. */
  created: boolean
  runs: RunSummary[]
}

/** Queues the runs of an experiment. One that is there already is found again, its runs unchanged; damaged ones are queued again. */
export async function createExperiment(services: HostServices, input: ExperimentInput): Promise<CreatedExperiment> {
  const { store, recorder, scheduler, analysisQueue } = services
  // Loads the reader of experiment files and the planning of networks, which looking at runs does without.
  const { resolveExperiment } = await import('./resolve-experiment.ts')
  const resolved = await resolveExperiment(services, input)
  scheduler.revive()
  const { created, runs } = insertExperiment(store, { input, resolved, now: recorder.now() })
  await reopenDamaged(
    services,
    runs.map((id) => store.runs.get(id)!),
  )
  recorder.runs(runs)
  scheduler.wake()
  // Runs that were deleted and are now restored.
  analysisQueue.wake()
  return { id: resolved.lineage.experimentId, created, runs: store.summaries.of(runs) }
}

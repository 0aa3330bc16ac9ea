import type { EnrolledRun } from '../../../contract/experiments.ts'
import type { RunRow } from '../../store/runs.ts'
import { originsIn } from '../../../contract/experiment/stored-methods.ts'
import { keepExtensions } from '../../extensions/keep.ts'
import { inTurns } from '../../execution/threads/in-turns.ts'
import { reopenDamaged } from '../queue/control-runs.ts'
import type { ExperimentServices } from './services.ts'
import { changedMethods } from './changed-methods.ts'
import { insertExperiment } from './insert-experiment.ts'
import type { ExperimentInput } from './resolve-experiment.ts'

/**
 * Queues the runs of an experiment. One that is there already is found again, its runs unchanged; damaged ones are queued again.
 * `only`: places of the series that are queued, in this order; default: all. @returns its runs in its order, seed by seed, series by
 * series, and whether it is new.
 */
export async function createExperiment(services: ExperimentServices, input: ExperimentInput, only?: readonly number[]) {
  const { store, events, recorder, scheduler, analysisQueue, catalogue } = services
  // Loads the reader of experiment files and the planning of networks, which looking at runs does without.
  const { resolveTrainable } = await import('./resolve-experiment.ts')
  const resolved = await resolveTrainable(services, input)
  await keepExtensions(store.workspace.folder, originsIn(input.file))
  scheduler.revive()
  const { created, runs } = await catalogue.add(() =>
    insertExperiment(store, { input, resolved, only, now: recorder.now() }),
  )
  if (created) changedMethods(store, resolved.lineage).forEach((text) => events.publish({ type: 'activity', text }))
  else await reopenDamaged(services, await doneOf(services, runs))
  const told: EnrolledRun[] = []
  await inTurns(runs, (some) => {
    recorder.runs(some)
    told.push(...some.map((id) => store.runs.get(id)!).map(({ id, name, status }) => ({ id, name, status })))
  })
  scheduler.wake()
  // Runs that were deleted and are now restored.
  analysisQueue.wake()
  return { id: resolved.lineage.experimentId, created, runs: told }
}

async function doneOf({ store }: ExperimentServices, runs: readonly string[]): Promise<RunRow[]> {
  const done: RunRow[] = []
  await inTurns(runs, (some) => {
    done.push(...some.map((id) => store.runs.get(id)!).filter(({ status }) => status === 'done'))
  })
  return done
}

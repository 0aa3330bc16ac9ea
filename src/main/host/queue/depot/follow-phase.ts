import { phaseFolder } from '../../../execution/depot/depot.ts'
import { isDone, readResults } from '../../../execution/depot/phase-results.ts'
import { removeSubmission } from '../../../execution/depot/submission.ts'
import type { Failure } from '../../../../shared/basics/error.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import type { Recorder } from '../events/event-recorder.ts'
import { recordEvaluated, recordFailure, recordTrained } from '../outcomes.ts'
import { isTrained } from '../trained-phases.ts'
import { collectResults } from './collect-results.ts'
import { lackOfEpochs } from './lack-of-epochs.ts'
import { note, type TrackedPhase } from './tracked-phases.ts'

export interface Patience {
  /** Between two looks at what is followed. */
  pollMilliseconds: number
  /** For so long something may go on without a sign of it: the process of a phase has not beaten, or sbatch has not been answered. */
  patienceMilliseconds: number
}

export interface FollowOptions extends Patience {
  store: Store
  recorder: Recorder
  /** Reads what comparisons need of a run's evaluation. */
  summarise(run: RunRow): Promise<void>
  /** Aborted when the host closes. */
  stop: AbortSignal
  /** A phase is done or failed. */
  settled(phase: TrackedPhase): void
  /** Asks for another look at all phases. */
  again(): void
  /** Phases that this machine trains at once. */
  parallel(): number
}

/** Writes down whether a phase is being trained, and for which run: the first that waits for it then, as long as that does. */
export function setRunning(each: TrackedPhase, running: boolean, { store, recorder }: FollowOptions): void {
  const { id } = each.phase
  const stored = store.phases.get(id)
  const trainedFor = each.running === null ? null : store.runs.get(each.running)
  const isSo = running ? trainedFor?.status === 'running' && trainedFor.deletedAt === null : each.running === null
  if (isSo || stored === null) return
  each.running = running ? each.run.id : null
  const run = running ? store.runs.get(each.run.id) : trainedFor
  const waits = run?.status === 'queued' || run?.status === 'running'
  // It was paused, stopped or deleted while its folder was looked at.
  if (running && !waits) return
  const now = running ? 'running' : 'queued'
  store.transaction(() => {
    if (!isTrained(stored)) store.phases.setStatus(id, now)
    if (run && waits) store.runs.setStatus(run.id, now)
    if (run && running) store.runs.setStarted(run.id, recorder.now())
  })
  recorder.runsOf(id)
}

/** Takes what the depot has of a phase, or waits for the rest of its events; false where it lacks results. */
export async function collectPhase(each: TrackedPhase, depot: string, options: FollowOptions): Promise<boolean> {
  const { store, recorder, summarise, settled } = options
  const { phase, evaluate } = each
  const folder = phaseFolder(depot, phase.id)
  const results = await readResults(folder)
  if (!isDone(results, { evaluate })) return false
  const lack = await lackOfEpochs(each, { ...options, folder, results })
  if (lack?.isFinal) failPhase(each, { code: 'disk', message: `${lack.message} ${lack.remedy}` }, options)
  if (lack !== null) return true
  const found = await collectResults({ depot, workspace: store.workspace, phase, results })
  if (found.trained === null) {
    if (found.fault !== null)
      note(recorder, each, { message: `${found.fault} It was set aside, and is computed again.` })
    return false
  }
  await removeSubmission(folder, each.job)
  const stored = store.phases.get(phase.id)
  if (stored !== null && !isTrained(stored)) recordTrained(options, phase, found.trained)
  if (stored !== null && found.evaluated !== null) {
    recordEvaluated(options, phase, found.evaluated)
    await summarise(each.run)
  }
  settled(each)
  return true
}

/** Fails the runs that wait for a phase. */
export function failPhase(each: TrackedPhase, failure: Failure, options: FollowOptions): void {
  recordFailure({ ...options, parallel: options.parallel() }, each.phase, failure)
  options.settled(each)
}

import { phaseFolder } from '../../../depot/depot.ts'
import { isDone, readResults } from '../../../depot/phase-results.ts'
import { removeSubmission } from '../../../depot/submission.ts'
import type { Failure } from '../../../../shared/error.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import type { Recorder } from '../event-recorder.ts'
import { applyOutcome, type TaskEnd } from '../outcomes.ts'
import { isTrained } from '../tasks.ts'
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
}

/** Writes down whether a phase is being trained. */
export function setRunning(each: TrackedPhase, running: boolean, { store, recorder }: FollowOptions): void {
  if (running === each.running) return
  each.running = running
  const { run, phase } = each
  const status = store.runs.get(run.id)?.status
  // It was paused, stopped or deleted while its folder was looked at.
  if (status !== 'queued' && status !== 'running') return
  store.transaction(() => {
    if (!isTrained(phase)) store.phases.setStatus(phase.id, running ? 'running' : 'queued')
    store.runs.setStatus(run.id, running ? 'running' : 'queued')
    if (running) store.runs.setStarted(run.id, recorder.now())
  })
  recorder.runsOf(phase.id)
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
  if (stored !== null && !isTrained(stored)) apply(each, { kind: 'train', end: found.trained }, options)
  if (found.evaluated !== null) {
    apply(each, { kind: 'evaluate', end: found.evaluated }, options)
    await summarise(each.run)
  }
  settled(each)
  return true
}

/** Fails the runs that wait for a phase. */
export function failPhase(each: TrackedPhase, failure: Failure, options: FollowOptions): void {
  apply(each, { kind: 'train', end: { type: 'failed', ...failure } }, options)
  options.settled(each)
}

function apply(
  { run, phase }: TrackedPhase,
  { kind, end }: { kind: 'train' | 'evaluate'; end: TaskEnd },
  { store, recorder, stop }: FollowOptions,
): void {
  const context = { store, recorder, closed: stop.aborted, repaired: new Set<string>(), parallel: 1 }
  applyOutcome(context, { run, task: { kind, key: `${kind} ${phase.id}`, phase } }, end)
}

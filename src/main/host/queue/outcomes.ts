import { relative } from 'node:path'
import { type Failure, failureOf, logOf } from '../../../shared/error.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { memoryRemedy } from '../trainers/memory-remedy.ts'
import { crashMessage } from '../trainers/retry.ts'
import { isStoreFailure } from '../../store/error.ts'
import { parentOf } from '../../../experiment/phase-definition.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import type { Recorder } from './event-recorder.ts'
import type { Task } from './tasks.ts'
import type { JobEnd } from '../trainers/trainer-process.ts'

interface OutcomeContext {
  store: Store
  recorder: Recorder
  /** Runs trained at once. */
  parallel: number
  /** Whether the host is closing: a run whose task ends now stays queued for the next host. */
  closed: boolean
  /** Tasks whose initial weights were damaged and are trained again. */
  repaired: Set<string>
}

/** Outcome of a task; `damaged` if its initial weights are damaged. */
export type TaskEnd = JobEnd | { type: 'damaged'; message: string }

interface Ended {
  run: RunRow
  task: Task
}

/** Error of one task as its outcome. @throws the error if the store failed, which affects every task. */
export function taskFailure(error: unknown): Extract<TaskEnd, { type: 'failed' }> {
  if (isStoreFailure(error)) throw error
  return failureOf(error)
}

/** Writes down how a task ended, and what follows for the runs that need it. */
export function applyOutcome(context: OutcomeContext, { run, task }: Ended, end: TaskEnd): void {
  const { store, recorder } = context
  // Its runs were purged meanwhile.
  if (store.phases.get(task.phase.id) === null) return
  switch (end.type) {
    case 'trained':
      trained(context, task, end)
      break
    case 'evaluated':
      evaluated(context, task, end)
      break
    case 'paused':
      interrupted(context, run, task)
      break
    case 'damaged':
      retrain(context, { run, task }, end.message)
      break
    case 'failed':
      failed(context, task, end)
      break
    case 'crashed':
      failed(context, task, { code: end.code, message: crashMessage(end.message) })
      break
    default:
      failed(context, task, {
        code: 'internal',
        message: `The trainer ended a ${task.kind} job with an unexpected “${end.type}”.`,
      })
  }
  if (end.type !== 'damaged' && end.type !== 'paused') context.repaired.delete(task.key)
  recorder.runsOf(task.phase.id)
}

function trained(
  { store, recorder }: OutcomeContext,
  { phase }: Task,
  end: Extract<JobEnd, { type: 'trained' }>,
): void {
  const { checkpoint, epochs, ended, keptEpoch } = end
  const file = relative(store.workspace.folder, checkpoint.file)
  store.phases.finish(phase.id, { epochs, ended, keptEpoch, checkpoint: { ...checkpoint, file } }, recorder.now())
  const how = ended === 'early-stopping' ? 'early stopping' : 'maximum number of epochs'
  recorder.log({
    level: 'info',
    run: null,
    phase: phase.id,
    message: `Phase “${phase.definition.phase.name}” is done after ${plural(epochs, 'epoch')} (${how}). Best checkpoint: epoch ${keptEpoch}.`,
  })
}

function evaluated(
  { store, recorder }: OutcomeContext,
  { phase }: Task,
  end: Extract<JobEnd, { type: 'evaluated' }>,
): void {
  store.evaluations.put({
    phaseId: phase.id,
    file: relative(store.workspace.folder, end.file),
    sha256: end.sha256,
    metrics: end.metrics,
    createdAt: recorder.now(),
  })
}

/** Its run has a new status already, unless the host ended the task for itself. */
function interrupted({ store, closed }: OutcomeContext, run: RunRow, { kind, phase }: Task): void {
  store.transaction(() => {
    if (kind === 'train') store.phases.setStatus(phase.id, 'queued')
    if (closed && store.runs.get(run.id)?.status === 'running') store.runs.setStatus(run.id, 'queued')
  })
}

/** The weights that the task starts from are damaged: the phase that made them is trained again, with the same weights, once. */
function retrain(context: OutcomeContext, { run, task }: Ended, message: string): void {
  const { store, recorder, repaired } = context
  const { phase, kind, key } = task
  const damaged = kind === 'evaluate' ? phase.id : parentOf(phase.definition)!
  if (repaired.has(key)) {
    const again = `${message} Training the phase again did not help.`
    return failed(context, task, { code: 'checkpoint-damaged', message: again })
  }
  repaired.add(key)
  store.transaction(() => {
    store.phases.reopen(damaged)
    if (kind === 'train') store.phases.setStatus(phase.id, 'queued')
  })
  recorder.log({
    level: 'warning',
    run: run.id,
    phase: damaged,
    message: `${message} Its phase is trained again.`,
  })
  recorder.runsOf(damaged)
}

/** Every run that waits for the task fails with it. */
function failed(context: OutcomeContext, { kind, phase }: Task, failure: Failure): void {
  const { store, recorder } = context
  const { code } = failure
  const message = code === 'memory' ? `${failure.message}\n${remedyFor(context, phase)}` : failure.message
  const waiting = store.runs.ofPhase(phase.id).filter(({ status }) => status === 'queued' || status === 'running')
  const affected =
    kind === 'train' ? waiting : waiting.filter(({ id }) => store.phases.chain(id).at(-1)!.id === phase.id)
  store.transaction(() => {
    if (kind === 'train') store.phases.setStatus(phase.id, 'failed', message)
    for (const { id } of affected) store.runs.finish(id, recorder.now(), { code, message })
  })
  recorder.log({ level: 'error', run: null, phase: phase.id, message: logOf({ message, stack: failure.stack }) })
}

function remedyFor({ store, parallel }: OutcomeContext, phase: Task['phase']): string {
  const [run] = store.runs.ofPhase(phase.id)
  const { memoryBytes: needed } = store.experiments.get(run!.experimentId)!
  const { batchSize } = phase.definition.training
  return memoryRemedy({ needed, batchSize, parallel, free: process.availableMemory() })
}

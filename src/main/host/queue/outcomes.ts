import { relative } from 'node:path'
import { type Failure, failureOf, logOf } from '../../../shared/basics/error.ts'
import { plural } from '../../../shared/format/numbers.ts'
import type { TrainerEventOf } from '../../../shared/phases/trainer-events.ts'
import { TrainerFailure } from '../../execution/executors/train-phase.ts'
import { memoryRemedy } from '../../execution/trainer-pool/memory-remedy.ts'
import { isStoreFailure } from '../../store/error.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { Recorder } from './events/event-recorder.ts'
import { isTrained } from './trained-phases.ts'

interface OutcomeContext {
  store: Store
  recorder: Recorder
}

/** Error of one phase as its outcome. @throws the error if the store failed, which affects every phase. */
export function taskFailure(error: unknown): { type: 'failed' } & Failure {
  if (isStoreFailure(error) && !(error instanceof TrainerFailure)) throw error
  return failureOf(error)
}

/** Writes down that a phase is trained. */
export function recordTrained(
  { store, recorder }: OutcomeContext,
  { id, definition }: PhaseRow,
  { checkpoint, epochs, ended, keptEpoch }: TrainerEventOf<'trained'>,
): void {
  const file = relative(store.workspace.folder, checkpoint.file)
  store.phases.finish(id, { epochs, ended, keptEpoch, checkpoint: { ...checkpoint, file } }, recorder.now())
  const how = ended === 'early-stopping' ? 'early stopping' : 'maximum number of epochs'
  recorder.log({
    level: 'info',
    run: null,
    phase: id,
    message: `Phase “${definition.phase.name}” is done after ${plural(epochs, 'epoch')} (${how}). Best checkpoint: epoch ${keptEpoch}.`,
  })
  recorder.runsOf(id)
}

/** Writes down the evaluation of a phase. */
export function recordEvaluated(
  { store, recorder }: OutcomeContext,
  { id: phaseId }: PhaseRow,
  { file, sha256, metrics }: TrainerEventOf<'evaluated'>,
): void {
  const createdAt = recorder.now()
  store.evaluations.put({ phaseId, file: relative(store.workspace.folder, file), sha256, metrics, createdAt })
  recorder.runsOf(phaseId)
}

/**
 * Fails every run that waits for a phase to be trained; for its evaluation, where it is trained. `parallel`: phases that this machine
 * trains at once.
 */
export function recordFailure(
  { store, recorder, parallel }: OutcomeContext & { parallel: number },
  { id }: PhaseRow,
  failure: Failure,
): void {
  const phase = store.phases.get(id)
  // Its runs were purged meanwhile.
  if (phase === null) return
  const { code } = failure
  const message = code === 'memory' ? `${failure.message}\n${remedyFor(store, phase, parallel)}` : failure.message
  const waiting = store.runs.ofPhase(id).filter(({ status }) => status === 'queued' || status === 'running')
  const isDone = isTrained(phase)
  const affected = isDone ? waiting.filter((run) => store.phases.chain(run.id).at(-1)!.id === id) : waiting
  store.transaction(() => {
    if (!isDone) store.phases.setStatus(id, 'failed', message)
    for (const run of affected) store.runs.finish(run.id, recorder.now(), { code, message })
  })
  recorder.log({ level: 'error', run: null, phase: id, message: logOf({ message, stack: failure.stack }) })
  recorder.runsOf(id)
}

function remedyFor(store: Store, { id, definition }: PhaseRow, parallel: number): string {
  const [run] = store.runs.ofPhase(id)
  const { memoryBytes: needed } = store.experiments.get(run!.experimentId)!
  const { batchSize } = definition.training
  return memoryRemedy({ needed, batchSize, parallel, free: process.availableMemory() })
}

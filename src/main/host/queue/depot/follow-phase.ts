import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { PhaseDefinition } from '../../../../contract/experiment/phase-definition.ts'
import { phaseFolder } from '../../../execution/depot/depot.ts'
import { recordName, writeEvaluationRecord } from '../../../execution/depot/evaluation-record.ts'
import { isDone, type PhaseResults, readResults } from '../../../execution/depot/phase-results.ts'
import { removeSubmission } from '../../../execution/depot/submission.ts'
import { evaluationName, finalName, writeManifest } from '../../../../files/checkpoint-manifest.ts'
import { makeInnerFolder } from '../../../../files/make-folders.ts'
import { setAside } from '../../../../files/set-aside.ts'
import { copyReadable, damageOf, type ExpectedFile, weightsMarks } from '../../../../files/verified-file.ts'
import type { Failure } from '../../../../shared/basics/error.ts'
import type { TrainerEventOf } from '../../../../shared/phases/trainer-events.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { checkpointFolder, evaluationFile, type Workspace } from '../../../store/workspace.ts'
import type { Recorder } from '../events/event-recorder.ts'
import { recordEvaluated, recordFailure, recordTrained } from '../outcomes.ts'
import { isTrained } from '../trained-phases.ts'
import { lackOfEpochs } from './follow-events.ts'
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

/** What a depot has of a phase, copied into the workspace; or the fault of a file in it, which is set aside. */
type Collected =
  | { trained: TrainerEventOf<'trained'>; evaluated: TrainerEventOf<'evaluated'> | null; fault: null }
  | { trained: null; fault: string | null }

export interface CollectOptions {
  depot: string
  workspace: Workspace
  phase: { id: string; definition: PhaseDefinition }
  /** What its records say. */
  results: PhaseResults
}

/**
 * Copies the results of a phase from a depot into its own folder, each file verified; those that are there already are verified alone.
 * Nothing is collected from a phase that is not trained.
 */
export async function collectResults({ depot, workspace, phase, results }: CollectOptions): Promise<Collected> {
  const folder = phaseFolder(depot, phase.id)
  const { weights, evaluation } = results
  if (weights === null) return { trained: null, fault: null }
  const { sha256, epoch, ended, keptEpoch } = weights
  const own = checkpointFolder(workspace, phase.id)
  const file = join(own, finalName)
  const fault = await bring({ path: join(folder, finalName), sha256, marks: weightsMarks(phase.id) }, file)
  if (fault !== null) return { trained: null, fault }
  if (own !== folder) await writeManifest(own, weights)
  const trained = { type: 'trained', checkpoint: { file, sha256 }, epochs: epoch, ended, keptEpoch } as const
  if (evaluation === null) return { trained, evaluated: null, fault: null }
  const to = evaluationFile(workspace, phase.id)
  const marks = { content: 'evaluation', phase: phase.id, weights: sha256, dataset: phase.definition.dataset } as const
  const other = await bring({ path: join(folder, evaluationName), sha256: evaluation.sha256, marks }, to)
  if (other !== null) {
    await rm(join(folder, recordName), { force: true })
    return { trained: null, fault: other }
  }
  if (own !== folder) await writeEvaluationRecord(own, evaluation)
  const evaluated = { type: 'evaluated', file: to, sha256: evaluation.sha256, metrics: evaluation.metrics } as const
  return { trained, evaluated, fault: null }
}

/** @returns the fault of the file, which is set aside, as a sentence. @throws as `damageOf`. */
async function bring(expected: ExpectedFile, to: string): Promise<string | null> {
  await makeInnerFolder(dirname(to))
  const fault = await (expected.path === to ? damageOf(expected) : copyReadable(expected, to))
  if (fault === null) return null
  await setAside(dirname(expected.path), basename(expected.path))
  return `${expected.path} ${fault}.`
}

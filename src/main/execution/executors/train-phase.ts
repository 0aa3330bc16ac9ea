import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { errorOf, ExitlabError, failureOf } from '../../../shared/basics/error.ts'
import type { TrainerJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { PhaseEvent } from '../../../shared/phases/phase-events.ts'
import type { WeightsRef } from '../../../shared/phases/checkpoint-ref.ts'
import { removeLeftovers } from '../depot/collect-garbage.ts'
import { phaseFolder } from '../depot/depot.ts'
import { writeEvaluationRecord } from '../depot/evaluation-record.ts'
import { openEvents, type EventWriter } from '../depot/events.ts'
import { claim, type Claim, type ClaimOptions } from '../depot/owner.ts'
import { readJob, type PhaseJob } from '../depot/phase-job.ts'
import { isDone, readResults } from '../depot/phase-results.ts'
import { finalName } from '../../../files/checkpoint-manifest.ts'
import { recordedResources } from '../../../files/recorded-resources.ts'
import { setAside } from '../../../files/set-aside.ts'
import { isDamaged } from '../../../files/verified-file.ts'
import { crashMessage, restartMessage, runWithRetries, type RetryOptions } from '../trainer-pool/retry.ts'
import type { JobEnd } from '../trainer-pool/trainer-process.ts'
import { evaluateJob, parentWeights, trainJob } from './phase-jobs.ts'
import { createPhaseRecorder, type Heard } from './phase-recorder.ts'

export interface TrainPhaseOptions
  extends
    Pick<ClaimOptions, 'beatMilliseconds' | 'expiryMilliseconds' | 'isLocal'>,
    Pick<RetryOptions, 'pool' | 'stop' | 'retryMilliseconds'> {
  depot: string
  phaseId: string
  /** Name of the batch job that it is, such as `1234_5`; null outside of one. */
  job: string | null
  now: () => number
  checkpointSeconds: number
  /** Told what its trainer tells, once that is in the phase's events. */
  heard: Heard
}

/**
 * Trains a phase in a depot, from its last checkpoint if it has one, and evaluates it if its job says so; without host and store.
 * `requeue`: it was asked to stop, and resumes when it is called again. @throws ExitlabError that says why it failed, which its
 * events say as well; `conflict` while another process has the phase, or its parent is not trained.
 */
export async function trainPhase(options: TrainPhaseOptions): Promise<'done' | 'requeue'> {
  const { depot, phaseId, now } = options
  const job = await readJob(depot, phaseId)
  const folder = phaseFolder(depot, phaseId)
  if (isDone(await readResults(folder), job)) {
    await removeLeftovers(depot, phaseId, options)
    return 'done'
  }
  // Before anything is written: what waits for its parent leaves no trace.
  const parent = await parentWeights(depot, job)
  await using owned = new AsyncDisposableStack()
  const claimed = await claimUnlessStopped(folder, options)
  if (claimed === null) return 'requeue'
  const owner = owned.adopt(claimed, (each) => each.release())
  // Its owner before may have done it while this process waited to see whether that one is alive.
  if (isDone(await readResults(folder), job)) return 'done'
  const events = owned.adopt(openEvents(folder, now), (each) => each.close())
  try {
    events.append({ type: 'taken', host: hostname(), pid: process.pid, job: options.job })
    const done = await work({ job, parent, folder, events, lost: owner.lost }, options)
    if (owner.lost.aborted) throw owner.lost.reason
    if (!done) events.append({ type: 'paused' })
    return done ? 'done' : 'requeue'
  } catch (error) {
    if (!owner.lost.aborted) tell(events, failureOf(error))
    throw error
  }
}

/** Null where it was asked to stop while it watched an owner that may be dead. */
async function claimUnlessStopped(folder: string, options: TrainPhaseOptions): Promise<Claim | null> {
  const { phaseId, stop } = options
  try {
    return await claim(folder, { ...options, what: `The phase ${phaseId}`, abandon: stop })
  } catch (error) {
    if (stop.aborted && !(error instanceof ExitlabError)) return null
    throw error
  }
}

/** Not that its disk is full: that could not be written either, and the exit code says it. */
function tell(events: EventWriter, failed: Extract<PhaseEvent, { type: 'failed' }>): void {
  if (failed.code === 'disk') return
  try {
    events.append(failed)
  } catch {
    // What failed first counts.
  }
}

interface Work {
  job: PhaseJob
  parent: WeightsRef | null
  folder: string
  events: EventWriter
  lost: AbortSignal
}

/** Whether the phase is done; false where it was asked to stop. */
async function work({ job, parent, folder, events, lost }: Work, options: TrainPhaseOptions): Promise<boolean> {
  const { phaseId } = options
  // Asked before each attempt: what has begun meanwhile goes on as it began.
  const resources = () => recordedResources(folder) ?? (parent && recordedResources(dirname(parent.file)))
  const heard = createPhaseRecorder(events, options.heard)
  const perform = (next: TrainerJob) =>
    runWithRetries({
      ...options,
      stop: AbortSignal.any([options.stop, lost]),
      kill: lost,
      resources,
      job: () => next,
      heard,
      keepsWork: ({ type }) => type === 'checkpoint',
      again: (message, attempt) => heard({ type: 'log', level: 'warning', message: restartMessage(message, attempt) }),
    })
  const trained = await perform(trainJob(job, { ...options, parent, folder }))
  if (trained.type === 'paused') return false
  if (trained.type !== 'trained') throw new TrainerFailure(await failure(trained, parent))
  const { sha256 } = trained.checkpoint
  events.append({ type: 'trained', sha256 })
  if (!job.evaluate) return true
  const evaluated = await perform(evaluateJob(job, { folder, weights: { ...trained.checkpoint, phaseId } }))
  if (evaluated.type === 'paused') return false
  if (evaluated.type !== 'evaluated') throw new TrainerFailure(await failure(evaluated, null))
  await writeEvaluationRecord(folder, { sha256: evaluated.sha256, metrics: evaluated.metrics, weights: sha256 })
  events.append({ type: 'evaluated', sha256: evaluated.sha256 })
  return true
}

/** What a trainer failed by, such as a disk that was full for it: of its phase alone. */
export class TrainerFailure extends ExitlabError {
  constructor({ code, message, fields, stack }: ExitlabError) {
    super(code, message, fields)
    if (stack !== undefined) this.stack = stack
  }
}

/** Weights of the parent that are damaged are set aside, so that they are trained again. */
async function failure(end: JobEnd, parent: WeightsRef | null): Promise<ExitlabError> {
  if (end.type === 'crashed') return new ExitlabError(end.code, crashMessage(end.message))
  if (end.type !== 'failed') return new ExitlabError('internal', `The trainer ended with an unexpected “${end.type}”.`)
  if (end.code === 'checkpoint-damaged' && parent !== null && (await isDamaged(parent)))
    await setAside(dirname(parent.file), finalName)
  return errorOf(end)
}

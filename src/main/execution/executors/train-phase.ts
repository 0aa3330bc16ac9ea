import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { parentOf } from '../../../contract/experiment/phase-definition.ts'
import type { EvaluateJob, TrainerJob, TrainJob } from '../../../contract/experiment/trainer-jobs.ts'
import { evaluationName, finalName } from '../../../files/checkpoint-manifest.ts'
import { recordedResources } from '../../../files/recorded-resources.ts'
import { setAside } from '../../../files/set-aside.ts'
import { isDamaged } from '../../../files/verified-file.ts'
import { errorOf, ExitlabError, failureOf } from '../../../shared/basics/error.ts'
import type { WeightsRef } from '../../../shared/phases/checkpoint-ref.ts'
import type { PhaseEvent } from '../../../shared/phases/phase-events.ts'
import type { TrainerEvent } from '../../../shared/phases/trainer-events.ts'
import { removeLeftovers } from '../depot/collect-garbage.ts'
import { phaseFolder } from '../depot/depot.ts'
import { writeEvaluationRecord } from '../depot/evaluation-record.ts'
import { type EventWriter, openEvents } from '../depot/events.ts'
import { type Claim, claim, type ClaimOptions } from '../depot/owner.ts'
import { type PhaseJob, readJob } from '../depot/phase-job.ts'
import { isDone, readResults } from '../depot/phase-results.ts'
import { crashMessage, restartMessage, type RetryOptions, runWithRetries } from '../trainer-pool/retry.ts'
import type { JobEnd } from '../trainer-pool/trainer-process.ts'

/** `end`: where the events of its phase end with it; null: it is not among them. */
type Heard = (event: TrainerEvent, end: number | null) => void

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
  const heard = (event: TrainerEvent) => options.heard(event, events.keep(event))
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

/** Weights that a phase starts from; null: it starts from none. @throws ExitlabError `conflict` where its parent is not trained yet. */
export async function parentWeights(depot: string, { definition }: PhaseJob): Promise<WeightsRef | null> {
  const phaseId = parentOf(definition)
  if (phaseId === null) return null
  const folder = phaseFolder(depot, phaseId)
  const { weights } = await readResults(folder)
  if (weights !== null) return { phaseId, file: join(folder, finalName), sha256: weights.sha256 }
  throw new ExitlabError(
    'conflict',
    `Its parent ${phaseId} is not trained yet: there are no weights in ${folder}. Train that phase first.`,
    { command: ['train-phase', depot, phaseId] },
  )
}

interface TrainInputs {
  phaseId: string
  parent: WeightsRef | null
  folder: string
  checkpointSeconds: number
}

/** The trainer's job of training a phase. */
export function trainJob(
  { definition, dominanceBatches, ...job }: PhaseJob,
  { phaseId, parent, folder, checkpointSeconds }: TrainInputs,
): TrainJob {
  const files = { parent, checkpointFolder: folder, checkpointSeconds }
  return { kind: 'train', ...definition, phaseId, ...placeOf(job), ...files, dominanceBatches }
}

/** The trainer's job of evaluating a phase. */
export function evaluateJob(
  { definition: { network, data, dataset }, ...job }: PhaseJob,
  { folder, weights }: { folder: string; weights: WeightsRef },
): EvaluateJob {
  const outputFile = join(folder, evaluationName)
  return { kind: 'evaluate', network, data, dataset, ...placeOf(job), checkpoint: weights, outputFile }
}

const placeOf = ({ dataPath, tokenizer }: Pick<PhaseJob, 'dataPath' | 'tokenizer'>) => ({
  dataPath,
  ...(tokenizer && { tokenizer }),
})

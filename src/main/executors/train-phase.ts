import { availableParallelism, hostname } from 'node:os'
import { dirname, join } from 'node:path'
import type { Card } from '../../shared/device.ts'
import { ExitlabError, failureOf } from '../../shared/error.ts'
import { parentOf } from '../../shared/phase.ts'
import type { EvaluateJob, TrainerJob, TrainJob, WeightsRef } from '../../shared/trainer-jobs.ts'
import type { TrainerEvent } from '../../shared/trainer-messages.ts'
import { phaseFolder } from '../depot/depot.ts'
import { writeEvaluationRecord } from '../depot/evaluation-record.ts'
import { openEvents, type EventWriter, type PhaseEvent } from '../depot/events.ts'
import { claim, type ClaimOptions } from '../depot/owner.ts'
import { readJob, type PhaseJob } from '../depot/phase-job.ts'
import { isDone, readResults } from '../depot/phase-results.ts'
import { evaluationName, finalName } from '../files/checkpoint-manifest.ts'
import { recordedResources } from '../files/recorded-resources.ts'
import { setAside } from '../files/set-aside.ts'
import { isDamaged } from '../files/verified-file.ts'
import type { Environment } from '../host/paths.ts'
import { crashMessage, newJobHandle, requestStop, restartMessage, runWithRetries } from '../host/trainers/retry.ts'
import { chosenCards } from '../host/trainers/chosen-cards.ts'
import { watchDevice } from '../host/trainers/device-watch.ts'
import { trainerLaunch } from '../host/trainers/trainer-launch.ts'
import { createTrainerPool, type TrainerPlace, type TrainerPool } from '../host/trainers/trainer-pool.ts'
import { startTrainer, type JobEnd, type TrainerLaunch } from '../host/trainers/trainer-process.ts'

export type { TrainerLaunch }

export interface TrainPhaseOptions extends Pick<ClaimOptions, 'beatMilliseconds' | 'expiryMilliseconds'> {
  depot: string
  phaseId: string
  /** Threads of a phase that neither it nor its parent has a checkpoint of yet. */
  threads: number
  launch: (place: TrainerPlace) => TrainerLaunch
  /** The cards to train on; null: the processor trains. */
  cards: () => Promise<readonly Card[] | null>
  /** Asks it to write a checkpoint and end. */
  stop: AbortSignal
  /** Name of the batch job that it is, such as `1234_5`; null outside of one. */
  job: string | null
  now: () => number
  checkpointSeconds: number
  retryMilliseconds: readonly number[]
  heard: (event: TrainerEvent) => void
}

/**
 * Trains a phase in a depot, from its last checkpoint if it has one, and evaluates it if its job says so; without host and store.
 * `requeue`: it was asked to stop, and resumes when it is called again. @throws ExitlabError that says why it failed, which its
 * events say as well; `conflict` while another process has the phase.
 */
export async function trainPhase(options: TrainPhaseOptions): Promise<'done' | 'requeue'> {
  const { depot, phaseId, now } = options
  const job = await readJob(depot, phaseId)
  const folder = phaseFolder(depot, phaseId)
  if (isDone(await readResults(folder), job)) return 'done'
  await using owned = new AsyncDisposableStack()
  const owner = owned.adopt(await claim(folder, { ...options, what: `The phase ${phaseId}` }), (each) => each.release())
  const events = owned.adopt(openEvents(folder, now), (each) => each.close())
  try {
    events.append({ type: 'taken', host: hostname(), pid: process.pid, job: options.job })
    const done = await work({ job, folder, events, lost: owner.lost }, options)
    if (owner.lost.aborted) throw owner.lost.reason
    if (!done) events.append({ type: 'paused' })
    return done ? 'done' : 'requeue'
  } catch (error) {
    const { code, message } = failureOf(error)
    // On a full disk that cannot be written either; the exit code says it.
    if (code !== 'disk' && !owner.lost.aborted) events.append({ type: 'failed', code, message })
    throw error
  }
}

interface Work {
  job: PhaseJob
  folder: string
  events: EventWriter
  lost: AbortSignal
}

/** Whether the phase is done; false where it was asked to stop. */
async function work(work: Work, options: TrainPhaseOptions): Promise<boolean> {
  const { job, folder, events, lost } = work
  const { depot, phaseId, threads, launch, cards, retryMilliseconds } = options
  const parent = await parentWeights(depot, job)
  const handle = newJobHandle()
  const onStop = () => requestStop(handle)
  const onLost = () => (requestStop(handle), handle.trainer?.kill())
  options.stop.addEventListener('abort', onStop)
  lost.addEventListener('abort', onLost)
  if (options.stop.aborted) onStop()
  const resources = recordedResources(folder) ?? (parent && recordedResources(dirname(parent.file)))
  const pool: TrainerPool = createTrainerPool({
    start: (place) => watchDevice(startTrainer(withoutTermination(launch(place))), place),
    share: () => threads,
    cards,
  })
  const record = recorder(events, options)
  const perform = (trainerJob: TrainerJob) =>
    runWithRetries(handle, {
      pool,
      retryMilliseconds,
      resources: () => resources,
      job: () => trainerJob,
      heard: record,
      keepsWork: ({ type }) => type === 'checkpoint',
      again: (message, attempt) => record({ type: 'log', level: 'warning', message: restartMessage(message, attempt) }),
    })
  try {
    const trained = await perform(trainJob(job, { parent, folder, ...options }))
    if (trained.type === 'paused') return false
    if (trained.type !== 'trained') throw await failure(trained, parent)
    events.append({ type: 'trained', sha256: trained.checkpoint.sha256 })
    if (!job.evaluate) return true
    const evaluated = await perform(evaluateJob(job, { folder, weights: { ...trained.checkpoint, phaseId } }))
    if (evaluated.type === 'paused') return false
    if (evaluated.type !== 'evaluated') throw await failure(evaluated, null)
    const { sha256, metrics } = evaluated
    await writeEvaluationRecord(folder, { sha256, metrics, weights: trained.checkpoint.sha256 })
    events.append({ type: 'evaluated', sha256 })
    return true
  } finally {
    options.stop.removeEventListener('abort', onStop)
    lost.removeEventListener('abort', onLost)
    await pool.close()
  }
}

/** A cluster sends SIGTERM to all processes of a job; the trainer is paused by this one. */
function withoutTermination({ entry, environment }: TrainerLaunch): TrainerLaunch {
  return { entry, environment: { ...environment, EXITLAB_SIGTERM: 'ignored' } }
}

const progressMilliseconds = 10_000

/** Passes events on and keeps those that say something of the phase; progress now and then. */
function recorder(events: EventWriter, { heard, now }: Pick<TrainPhaseOptions, 'heard' | 'now'>) {
  let lastProgress = -Infinity
  return (event: TrainerEvent) => {
    heard(event)
    if (event.type === 'progress') {
      if (now() - lastProgress < progressMilliseconds) return
      lastProgress = now()
    }
    if (isKept(event)) events.append(event)
  }
}

type KeptEvent = Extract<PhaseEvent, { type: 'ready' | 'started' | 'progress' | 'epoch' | 'log' }>
const keptEvents: ReadonlySet<string> = new Set<KeptEvent['type']>(['ready', 'started', 'progress', 'epoch', 'log'])

function isKept(event: TrainerEvent): event is Extract<TrainerEvent, { type: KeptEvent['type'] }> {
  return keptEvents.has(event.type)
}

/** @throws ExitlabError `conflict` where the parent is not trained yet. */
async function parentWeights(depot: string, { definition }: PhaseJob): Promise<WeightsRef | null> {
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

type TrainInputs = Pick<TrainPhaseOptions, 'phaseId' | 'checkpointSeconds'> & {
  parent: WeightsRef | null
  folder: string
}

function trainJob(
  { definition, dominanceBatches, ...job }: PhaseJob,
  { phaseId, parent, folder, checkpointSeconds }: TrainInputs,
): TrainJob {
  const files = { parent, checkpointFolder: folder, checkpointSeconds }
  return { kind: 'train', ...definition, phaseId, ...placeOf(job), ...files, dominanceBatches }
}

function evaluateJob(
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

/** Weights of the parent that are damaged are set aside, so that they are trained again. */
async function failure(end: JobEnd, parent: WeightsRef | null): Promise<ExitlabError> {
  if (end.type === 'crashed') return new ExitlabError(end.code, crashMessage(end.message))
  if (end.type !== 'failed') return new ExitlabError('internal', `The trainer ended with an unexpected “${end.type}”.`)
  if (end.code === 'checkpoint-damaged' && parent !== null && (await isDamaged(parent)))
    await setAside(dirname(parent.file), finalName)
  return new ExitlabError(end.code, end.message)
}

interface TaskOptions {
  environment: Environment
  device: string
}

/** Settings of a phase that is trained on this machine, in a job of Slurm if it is one. */
export function taskDefaults({ environment, device }: TaskOptions) {
  const { SLURM_JOB_ID: job, SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: task } = environment
  return {
    cards: () => chosenCards(device, environment),
    threads: Number(environment.SLURM_CPUS_PER_TASK) || availableParallelism(),
    launch: (place: TrainerPlace) => trainerLaunch({ environment, ...place }),
    job: array !== undefined ? `${array}_${task}` : (job ?? null),
    now: Date.now,
    // At least every 60 s, its writing included.
    checkpointSeconds: 45,
    retryMilliseconds: [1_000, 5_000, 30_000],
  }
}

import { randomUUID } from 'node:crypto'
import PQueue from 'p-queue'
import type { HostClient } from '../../../contract/index.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { NamedHost } from '../../../shared/basics/host-words.ts'
import { followImports } from '../imports/follow-imports.ts'
import { exitlabVersion } from '../../../files/version.ts'
import { isStoreFailure } from '../../store/error.ts'
import type { Store } from '../../store/open.ts'
import { watchPlace } from '../../store/place.ts'
import type { RunRow } from '../../store/runs.ts'
import { createAnalysisQueue, type AnalysisQueue } from '../analyses/queue.ts'
import { createAnalysisRecorder } from '../analyses/progress-recorder.ts'
import { localClient } from '../api/index.ts'
import { createDatasetMemory, createWeightsMemory, createNetworkFiles } from '../data/kept-descriptions.ts'
import { createEvaluationReader, type EvaluationReader } from '../comparison/evaluation/evaluation-reader.ts'
import { createEventLog } from '../queue/events/event-log.ts'
import { liveSettings } from '../workspace/live-settings.ts'
import type { Environment } from '../../../files/user-folders.ts'
import { createRecorder } from '../queue/events/event-recorder.ts'
import { runsAtOnce, threadsOfEach } from '../../execution/trainer-pool/runs-at-once.ts'
import { createSearchLoop } from '../search/search-loop.ts'
import { createScheduler, type Scheduler } from '../queue/scheduler.ts'
import { createCircuitBreaker, watchQueues } from '../queue/circuit-breaker.ts'
import { createTrainerPool, type TrainerPlace } from '../../execution/trainer-pool/trainer-pool.ts'
import { startTrainer, type TrainerLaunch } from '../../execution/trainer-pool/trainer-process.ts'
import { createSamplePictures } from '../data/sample-pictures.ts'
import type { HostServices } from '../api/services.ts'
import { createTrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'
import { chosenCards } from '../../execution/trainer-pool/chosen-cards.ts'
import { trainerLaunch } from '../../execution/trainer-pool/trainer-launch.ts'
import { trainingDefaults } from '../../execution/trainer-pool/training-defaults.ts'
import type { ExecutorName } from '../../../shared/phases/executor.ts'
import { executors } from '../queue/executors.ts'
import type { Parallel } from '../../../shared/phases/parallel.ts'
import { createSlurm } from '../../execution/executors/slurm/client.ts'

export interface HostSettings {
  /** Runs trained at once. Default of this and `device`: as the workspace remembers. */
  parallel?: Parallel
  device?: string
  /** False: queued runs stay queued, for a host that only reads or changes the store. */
  train: boolean
  /** The same for analyses. */
  analyse: boolean
  /** The same for imported files that other programs still write. */
  follow: boolean
  /** Command that it is opened for, as in `system.info`. */
  command: string
  /** The host in another process that it takes over from. */
  after?: NamedHost
  environment: Environment
  now: () => number
  /** Default: this Exitlab's own trainer. */
  trainer?: (place: TrainerPlace) => TrainerLaunch
  /** What trains phases. Default: as the workspace remembers. */
  executor?: ExecutorName
  /** Folder of phases that it shares with those that train them; absolute. Default: as the workspace remembers. */
  depot?: string
  /** Entry of the command line, which a job on a cluster calls, and what comes before its command. Null: no job can be submitted. */
  commandLine: readonly string[] | null
  /** Interval at which the jobs of a cluster are polled. */
  pollMilliseconds: number
  checkpointSeconds: number
  /** Waits before a crashed trainer is started again. */
  retryMilliseconds: readonly number[]
  /** How long the part of an analysis may take that is to stop. */
  partMilliseconds: number
}

export const defaultSettings: HostSettings = {
  train: true,
  analyse: true,
  follow: true,
  command: 'serve',
  environment: process.env,
  now: Date.now,
  commandLine: null,
  pollMilliseconds: 3_000,
  partMilliseconds: 10_000,
  ...trainingDefaults,
}

/** The parts of a host, put together. */
interface HostParts {
  services: HostServices
  client: HostClient
  /** Looks for work in all queues. */
  wake(): void
  /** Resolves when nothing is left to do; fails when the queues had to stop. */
  idle(): Promise<void>
  /** Trains nothing until a full disk has space again. */
  waitForSpace(refusal: ExitlabError): void
  /** Stops running jobs with a checkpoint, so that the next host resumes them. */
  close(): Promise<void>
}

/** Creates the services of a host on a store. `host`: as in `system.info`. */
export function composeHost(store: Store, host: HostServices['about']['host'], settings: HostSettings): HostParts {
  const { environment, now, parallel, device, executor, depot } = settings
  const about: HostServices['about'] = {
    version: exitlabVersion,
    host,
    device: null,
    executor: executor ?? store.settings.get().executor,
  }
  const events = createEventLog(randomUUID())
  const recorder = createRecorder({ store, events, now })
  const live = liveSettings(store, { parallel, device, executor, depot }, (before, after) => {
    if (before.device !== after.device) about.device = null
    if (before.device !== after.device || before.parallel !== after.parallel) pool.renew()
    if (atOnce() <= runsAtOnce(before, store.runs.demand())) return
    scheduler.revive()
    scheduler.wake()
  })
  const atOnce = () => runsAtOnce(live.current(), store.runs.demand())
  const pool = createTrainerPool({
    start(place) {
      const launch = settings.trainer?.(place) ?? trainerLaunch({ environment, ...place })
      return startTrainer(launch, { ...place, onDevice: (found) => (about.device = found) })
    },
    share: () => threadsOfEach(atOnce()),
    cards: () => chosenCards(live.current().device, environment),
  })
  const { commandLine, pollMilliseconds, checkpointSeconds, retryMilliseconds } = settings
  const command = commandLine && [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    ...commandLine,
    'train-phase',
  ]
  const evaluations = createEvaluationReader(store)
  const whyMoved = watchPlace(store.workspace)
  const breaker = createCircuitBreaker({ store, whyMoved, events, recorder })
  const work = { store, pool, recorder, breaker, retryMilliseconds }
  const slurm = createSlurm({ ...process.env, ...environment })
  // Of this host: another executor takes over when the workspace is opened again.
  const { inDepot, create } = executors[about.executor]
  const given = { ...work, slurm, settings: live.current, command, checkpointSeconds }
  const place = inDepot
    ? { depot: () => live.current().depot, parallel: () => 1 }
    : { depot: () => store.workspace.checkpoints, parallel: atOnce }
  const queue = { ...work, ...place, pollMilliseconds, summarise: summarising(evaluations) }
  const scheduler = settings.train
    ? createScheduler({ ...queue, executor: (following) => create({ ...following, ...given }) })
    : restingScheduler
  const analysisRecorder = createAnalysisRecorder({ store, events, recorder })
  const analyses = { ...work, analysisRecorder, partMilliseconds: settings.partMilliseconds }
  const analysisQueue = settings.analyse ? createAnalysisQueue(analyses) : restingAnalysisQueue
  const trainers = createTrainerJobs(pool, (text) => events.publish({ type: 'activity', text }))
  const datasets = createDatasetMemory(trainers)
  const pictures = createSamplePictures(trainers, datasets)
  const services = {
    store,
    whyMoved,
    events,
    recorder,
    scheduler,
    trainers,
    datasets,
    weights: createWeightsMemory(trainers),
    networkFiles: createNetworkFiles(),
    pictures,
    evaluations,
    environment,
    about,
    analysisRecorder,
    analysisQueue,
    settings: live,
    slurm,
    catalogue: new PQueue({ concurrency: 1 }),
  }
  const queues = [scheduler, analysisQueue]
  const searches = settings.train ? createSearchLoop(services, breaker) : resting
  const placeWatch = settings.train || settings.analyse ? watchQueues({ whyMoved, breaker, pollMilliseconds }) : null
  const follower = settings.follow ? followImports({ store, events, breaker, now, pollMilliseconds }) : null
  return {
    services,
    client: localClient(services),
    wake: () => [...queues, searches].forEach((queue) => queue.wake()),
    idle: async () => void (await Promise.all(queues.map((queue) => queue.idle()))),
    waitForSpace: (refusal) => breaker.beginFull(refusal),
    async close() {
      await searches.close()
      await Promise.all([...queues.map((queue) => queue.close()), follower?.close(), placeWatch?.close()])
      await pool.close()
      events.close()
    },
  }
}

/** What is wrong with an evaluation is said where it is compared: its run is done. */
const summarising = (evaluations: EvaluationReader) => async (run: RunRow) => {
  try {
    await evaluations.summary(run)
    evaluations.keepSummaries()
  } catch (error) {
    if (!(error instanceof ExitlabError) || isStoreFailure(error)) throw error
  }
}

/** No-op queues of a read-only host. */
const resting = { wake: () => {}, revive: () => {}, idle: async () => {}, close: async () => {} }
const restingScheduler: Scheduler = { ...resting, release: async () => {} }
const restingAnalysisQueue: AnalysisQueue = { ...resting, release: async () => {}, isAt: () => false }

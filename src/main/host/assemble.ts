import { randomUUID } from 'node:crypto'
import type { HostClient } from '../../shared/contract.ts'
import { ExitlabError } from '../../shared/error.ts'
import type { TrainerEvent } from '../../shared/trainer.ts'
import type { Store } from '../store/open.ts'
import { localClient } from './api/client.ts'
import { createEvaluationReader } from './evaluations.ts'
import { createEventLog } from './event-log.ts'
import type { Environment } from './paths.ts'
import { createRecorder } from './queue/record.ts'
import { createScheduler, type Scheduler } from './queue/scheduler.ts'
import { createTrainerPool, type TrainerPool } from './queue/trainer-pool.ts'
import { startTrainer, type TrainerLaunch } from './queue/trainer-process.ts'
import type { HostServices } from './services.ts'
import { createTrainerJobs } from './trainer-jobs.ts'
import { trainerLaunch } from './trainer-launch.ts'
import { exitlabVersion } from './version.ts'

export interface HostSettings {
  /** Runs trained at once. */
  parallel: number
  gpu: boolean
  /** False: what is queued stays queued, for a host that is there only to look, or to change what is in the store. */
  train: boolean
  environment: Environment
  now: () => number
  /** Default: this Exitlab's own trainer. */
  trainer?: TrainerLaunch
  checkpointSeconds: number
  /** Waits before a crashed trainer is started again. */
  retryMilliseconds: readonly number[]
}

export const defaultSettings: HostSettings = {
  parallel: 1,
  gpu: false,
  train: true,
  environment: process.env,
  now: Date.now,
  // At least every 60 s, its writing included.
  checkpointSeconds: 45,
  retryMilliseconds: [1_000, 5_000, 30_000],
}

/** The parts of a host, put together. */
export interface HostParts {
  services: HostServices
  scheduler: Scheduler
  client: HostClient
}

/** Puts a host together around a store. `host`: as `system.info` tells it. */
export function assemble(store: Store, host: HostServices['about']['host'], settings: HostSettings): HostParts {
  const { environment, now, parallel, gpu } = settings
  const about: HostServices['about'] = { version: exitlabVersion, host, gpu, device: null }
  const onReady = ({ device }: Extract<TrainerEvent, { type: 'ready' }>) => {
    about.device = device
    if (gpu && device.kind === 'cpu') throw gpuMissing()
  }
  const events = createEventLog(randomUUID())
  const recorder = createRecorder({ store, events, now })
  const launch = settings.trainer ?? trainerLaunch({ environment, parallel, gpu })
  const pool = createTrainerPool(() => startTrainer(launch))
  const { checkpointSeconds, retryMilliseconds } = settings
  const scheduler = settings.train
    ? createScheduler({ store, pool, recorder, events, parallel, checkpointSeconds, retryMilliseconds, onReady })
    : restingScheduler(pool)
  const trainers = createTrainerJobs(pool, onReady)
  const evaluations = createEvaluationReader(store)
  const services = { store, events, recorder, scheduler, trainers, evaluations, environment, about }
  return { services, scheduler, client: localClient(services) }
}

/** To train on the processor instead, many times slower, would not be what was asked for. */
function gpuMissing(): ExitlabError {
  return new ExitlabError(
    'engine',
    'A GPU was asked for, but TensorFlow sees none. Check that `nvidia-smi` lists it and run `npm run setup -- --gpu`, ' +
      'or leave --gpu out to train on the processor.',
  )
}

/** Leaves the queue to the next host that trains. */
function restingScheduler(pool: TrainerPool): Scheduler {
  return { wake: () => {}, revive: () => {}, release: async () => {}, idle: async () => {}, close: () => pool.close() }
}

import type { TensorFlow } from '../../../engine/index.ts'
import type { TrainerJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { TrainerEventOf } from '../../../shared/phases/trainer-events.ts'
import type { Channel } from '../channel.ts'
import type { DatasetCache } from '../data/dataset-cache.ts'

type EndOf = {
  train: 'trained' | 'paused'
  evaluate: 'evaluated' | 'paused'
  calibrate: 'calibrated' | 'paused'
  describe: 'described'
  'describe-weights': 'weights-described'
  picture: 'pictured'
  inputs: 'inputs-written'
  segments: 'segments-written'
  latency: 'latency-measured'
  analyse: 'analysed' | 'paused'
}

/** Its kind stands beside it, so that the compiler finds the job of a kind by it. */
export type JobOf<Kind extends TrainerJob['kind']> = {
  [Each in Kind]: Extract<TrainerJob, { kind: Each }> & { kind: Each }
}[Kind]

/** Outcome of a job of a given type, unless it fails. */
export type JobEnd<Kind extends TrainerJob['kind']> = TrainerEventOf<EndOf[Kind]>

/** State shared by the jobs of a process. */
export interface JobContext {
  channel: Channel
  /** Opens TensorFlow at the first call, and reports it to the host. */
  tensorFlow(): TensorFlow
  datasets: DatasetCache
  /** Whether the host has asked to pause the running job. */
  shouldPause(): boolean
}

export type Job<Kind extends TrainerJob['kind']> = (job: JobOf<Kind>, context: JobContext) => Promise<JobEnd<Kind>>

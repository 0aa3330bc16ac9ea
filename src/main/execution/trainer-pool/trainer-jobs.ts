import PQueue from 'p-queue'
import { errorOf, ExitlabError } from '../../../shared/basics/error.ts'
import type {
  CalibrateJob,
  DescribeJob,
  DescribeWeightsJob,
  InputsJob,
  LatencyJob,
  PictureJob,
  SegmentsJob,
} from '../../../contract/experiment/trainer-jobs.ts'
import type { DrawnSample, TrainerEvent, TrainerEventOf, WrittenModel } from '../../../shared/phases/trainer-events.ts'
import type { WeightsDescription } from '../../../shared/network/weights.ts'
import { hostEnded, type TrainerPool } from './trainer-pool.ts'
import type { JobEnd } from './trainer-process.ts'

type ShortJob = CalibrateJob | DescribeJob | DescribeWeightsJob | PictureJob | InputsJob | SegmentsJob | LatencyJob

/** Short jobs outside the queue, one at a time, since each needs a whole trainer. */
export interface TrainerJobs {
  describe(job: DescribeJob): Promise<TrainerEventOf<'described'>['dataset']>
  describeWeights(file: string): Promise<WeightsDescription>
  picture(job: PictureJob): Promise<DrawnSample[]>
  writeInputs(job: InputsJob): Promise<void>
  writeSegments(job: SegmentsJob): Promise<WrittenModel[]>
  measureLatency(job: LatencyJob): Promise<TrainerEventOf<'latency-measured'>>
  /** With so many threads; default: those of a run. */
  calibrate(job: CalibrateJob, threads?: number): Promise<TrainerEventOf<'calibrated'>>
  /** Has the next jobs done by trainers that are started from now on. */
  renew(): void
}

/** `tell`: told how far a job is that takes long. */
export function createTrainerJobs(pool: TrainerPool, tell: (text: string) => void): TrainerJobs {
  const queue = new PQueue({ concurrency: 1 })

  async function perform(job: ShortJob, threads?: number): Promise<JobEnd> {
    const { algorithms } = job.kind === 'calibrate' ? job.training : {}
    const trainer = await pool.take({ ...(algorithms && { algorithms }), ...(threads && { threads }) })
    try {
      return await trainer.run(job, (event) => event.type === 'log' && tell(event.message))
    } finally {
      pool.giveBack(trainer)
    }
  }

  async function ask<Type extends TrainerEvent['type']>(
    job: ShortJob,
    wanted: Type,
    threads?: number,
  ): Promise<TrainerEventOf<Type>> {
    const end = await queue.add(() => perform(job, threads))
    if (end.type === wanted) return end as TrainerEventOf<Type>
    if (end.type === 'failed') throw errorOf(end)
    if (end.type === 'crashed') throw pool.isClosed() ? hostEnded() : new ExitlabError(end.code, end.message)
    throw new ExitlabError('internal', `The trainer ended a ${job.kind} job with an unexpected “${end.type}”.`)
  }

  return {
    describe: async (job) => (await ask(job, 'described')).dataset,
    describeWeights: async (file) => (await ask({ kind: 'describe-weights', file }, 'weights-described')).weights,
    picture: async (job) => (await ask(job, 'pictured')).samples,
    writeInputs: async (job) => void (await ask(job, 'inputs-written')),
    writeSegments: async (job) => (await ask(job, 'segments-written')).models,
    measureLatency: (job) => ask(job, 'latency-measured'),
    calibrate: (job, threads) => ask(job, 'calibrated', threads),
    renew: () => pool.renew(),
  }
}

import type { TrainerJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../../shared/phases/trainer-events.ts'
import { analyse } from './analyse.ts'
import { calibrate } from './calibrate.ts'
import { describe, describeWeights } from './describe.ts'
import { evaluate } from './evaluate.ts'
import { inputs } from './inputs.ts'
import type { Job, JobContext, JobOf } from './job.ts'
import { latency } from './latency.ts'
import { picture } from './picture.ts'
import { segments } from './segments.ts'
import { train } from './train.ts'

/** Every kind of job. */
const jobs: { [Kind in TrainerJob['kind']]: Job<Kind> } = {
  train,
  evaluate,
  calibrate,
  describe,
  picture,
  inputs,
  segments,
  latency,
  analyse,
  'describe-weights': describeWeights,
}

/** Runs a job; returns the event of its outcome. */
export function perform<Kind extends TrainerJob['kind']>(job: JobOf<Kind>, context: JobContext): Promise<TrainerEvent> {
  return jobs[job.kind](job, context)
}

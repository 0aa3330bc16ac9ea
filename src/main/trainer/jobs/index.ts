import type { TrainerEvent, TrainerJob } from '../../../shared/trainer.ts'
import { analyse } from './analyse.ts'
import { calibrate } from './calibrate.ts'
import { describe } from './describe.ts'
import { evaluate } from './evaluate.ts'
import type { Job, JobContext } from './job.ts'
import { picture } from './picture.ts'
import { train } from './train.ts'

/** Every kind of job. */
export const jobs = { train, evaluate, calibrate, describe, picture, analyse } satisfies {
  [Kind in TrainerJob['kind']]: Job<Kind>
}

/** Does a job; returns the event that tells how it ended. */
export function perform(job: TrainerJob, context: JobContext): Promise<TrainerEvent> {
  return (jobs[job.kind] as Job<typeof job.kind>)(job as never, context)
}

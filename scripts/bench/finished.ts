import type { TrainerJob } from '../../src/contract/experiment/trainer-jobs.ts'
import type { JobEnd, TrainerProcess } from '../../src/main/execution/trainer-pool/trainer-process.ts'
import type { TrainerEvent } from '../../src/shared/phases/trainer-events.ts'

/** Has a trainer do a job. @throws Error where it ends in another way */
export async function finished<Type extends JobEnd['type']>(
  trainer: TrainerProcess,
  job: TrainerJob,
  { type, onEvent = () => {} }: { type: Type; onEvent?: (event: TrainerEvent) => void },
): Promise<Extract<JobEnd, { type: Type }>> {
  const end = await trainer.run(job, onEvent)
  if (end.type !== type) throw new Error(`the ${job.kind} job ended with ${JSON.stringify(end)}`)
  return end as Extract<JobEnd, { type: Type }>
}

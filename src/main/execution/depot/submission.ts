import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readSealed, writeSealed } from '../../../files/sealed-json.ts'

const submissionName = 'submission.json'

/**
 * The batch job that trains a phase, while it is believed to wait or run; every host that wants the phase follows it. Only the owner
 * of the depot writes it, first before it calls sbatch.
 */
const submission = z.strictObject({
  /** `NAME_INDEX`: the name of its array, which no other has, finds the job where `job` is not known. Null in older files. */
  task: z.string().nullable().default(null),
  /** Id of the job, `ARRAY_INDEX`; null until sbatch has told it. */
  job: z.string().nullable(),
  at: z.int(),
})
type Submission = z.infer<typeof submission>

export const readSubmission = (folder: string): Promise<Submission | null> =>
  readSealed(join(folder, submissionName), submission)

export const writeSubmission = (folder: string, value: Submission): Promise<void> =>
  writeSealed(join(folder, submissionName), value)

/** Removes it unless it is of another job. */
export async function removeSubmission(folder: string, job: string | null): Promise<void> {
  if ((await readSubmission(folder))?.job === job) await rm(join(folder, submissionName), { force: true })
}

/** Whether a file says that a job of its phase is submitted, or about to be. */
export const isSubmissionFile = (name: string) => name.startsWith('submission')

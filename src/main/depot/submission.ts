import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readSealed, writeSealed } from '../files/sealed-json.ts'

const submissionName = 'submission.json'

/** The batch job that trains a phase, while it is believed to wait or run; every host that wants the phase follows it. */
const submission = z.strictObject({
  /** Name of the job, `ARRAY_INDEX`. */
  job: z.string(),
  at: z.int(),
})
export type Submission = z.infer<typeof submission>

export const readSubmission = (folder: string): Promise<Submission | null> =>
  readSealed(join(folder, submissionName), submission)

export const writeSubmission = (folder: string, value: Submission): Promise<void> =>
  writeSealed(join(folder, submissionName), value)

export const removeSubmission = (folder: string): Promise<void> => rm(join(folder, submissionName), { force: true })

/** Whether a file says that a job of its phase is submitted, or about to be. */
export const isSubmissionFile = (name: string) => name.startsWith('submission')

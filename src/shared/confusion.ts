import { z } from 'zod'

/** Predictions of one exit for each class, and the accuracy of every exit by class, over the seeds of one series. */
export const confusion = z.object({
  runs: z.array(z.string()),
  classCount: z.int(),
  exit: z.int(),
  /** Samples of a class (row) that the exit takes for a class (column), summed over seeds: [classes × classes], row-major. */
  counts: z.array(z.int()),
  /** Per exit and class: accuracy among the samples of the class, mean over seeds, in %; null for classes without samples. */
  accuracies: z.array(z.array(z.number().nullable())),
})
export type Confusion = z.infer<typeof confusion>

import { z } from 'zod'

/** What one exit takes each class for, over the seeds of one regime, and how well every exit knows each class. */
export const confusion = z.object({
  runs: z.array(z.string()),
  classCount: z.int(),
  exit: z.int(),
  /** Samples of a class (row) that the exit takes for a class (column), summed over seeds: [classes × classes], row-major. */
  counts: z.array(z.int()),
  /** Per exit and class: accuracy among the samples of the class, mean over seeds, in %; null where there are none. */
  accuracies: z.array(z.array(z.number().nullable())),
})
export type Confusion = z.infer<typeof confusion>

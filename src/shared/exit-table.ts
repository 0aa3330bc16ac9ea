import { z } from 'zod'
import { meanStd } from './evaluation.ts'
import { importedMark } from './imported.ts'
import { costMachine } from './latency.ts'
import { otherTask } from './task.ts'

/** One exit of a regime, over seeds, on the test set. */
const exitRow = z.object({
  exit: z.int(),
  /** null: the final classifier; absent: not known, of an imported result. */
  block: z.int().nullish(),
  /** Cumulative cost, in multiply-adds or milliseconds (null: only the fraction is known), and as a fraction of the backbone's. */
  cost: z.number().nullable(),
  fraction: z.number(),
  /** The task's primary metric of this exit alone, in its unit. */
  value: meanStd,
  /** Samples that an earlier exit gets right and this one wrong, in %; null for a regression and for an imported result. */
  overthinking: meanStd.nullable(),
})
export type ExitRow = z.infer<typeof exitRow>

/** Per regime of each experiment, the final exit last. */
export const exitTables = z.array(
  z.object({
    experiment: z.string(),
    /** null: not known, of an imported series. */
    regime: z.string().nullable(),
    series: z.string(),
    look: z.int().nullable(),
    task: otherTask,
    latency: costMachine,
    imported: importedMark.optional(),
    seeds: z.array(z.int()),
    exits: z.array(exitRow),
  }),
)
export type ExitTables = z.infer<typeof exitTables>

import { z } from 'zod'
import { meanStd } from '../evaluation/evaluation.ts'
import { paperRegimes } from '../methods/regime-names.ts'
import { otherTask } from '../methods/task.ts'

/** A table of test results as it was published: values of the task's primary metric in its unit. */
const publishedTable = z.object({
  /** `table-10`; with a letter where one printed table holds several settings. */
  id: z.string(),
  /** `Table 10: ViT-T (CIFAR), CIFAR-100, SDN`. */
  title: z.string(),
  network: z.string(),
  data: z.string(),
  method: z.string(),
  task: otherTask,
  /** Fractions of the backbone's cost; null: Unlimited. */
  budgets: z.array(z.number().nullable()),
  rows: z.array(
    z.object({
      regime: z.enum(paperRegimes),
      /** Label of a row, if a table has several rows of a regime. */
      variant: z.string().nullable(),
      cells: z.array(meanStd.nullable()),
    }),
  ),
})
export type PublishedTable = z.infer<typeof publishedTable>

export const publishedTables = z.object({
  tables: z.array(publishedTable),
  /** By the ids of tables: the runs with the settings of one of its variants, each with that variant; only tables that have any. */
  fitting: z.record(z.string(), z.record(z.string(), z.string().nullable())),
  /** The table that most of the runs fit; null where none fits any. */
  matching: z.string().nullable(),
})
export type PublishedTables = z.infer<typeof publishedTables>

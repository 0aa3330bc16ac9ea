import { z } from 'zod'
import { tableSort } from '../shared/tables/sorted-table.ts'
import { procedure } from './procedure.ts'

/** A reading and its question, which its schema in src/readings describes; what is left out has its default. */
export const readingQuery = z.object({
  reading: z.string().max(1000),
  question: z.record(z.string(), z.unknown()).default({}),
  /** Order of the rows of its table; default: as it comes. */
  sort: tableSort.optional(),
})
export type ReadingQuery = z.output<typeof readingQuery>

const readingChoice = z.object({
  name: z.string(),
  title: z.string(),
  sentence: z.string(),
  withoutImports: z.string().nullable(),
  needsClasses: z.boolean(),
  /** Whether a screen has a panel of its own for it. */
  placed: z.boolean(),
  hasTable: z.boolean(),
  hasFigure: z.boolean(),
})

export const readings = {
  /** Every reading, those of extensions too. */
  kinds: procedure.output(z.array(readingChoice)),
  /** What a reading says of evaluated runs; the answer fits its schema. */
  ask: procedure.input(readingQuery).output(z.unknown()),
}

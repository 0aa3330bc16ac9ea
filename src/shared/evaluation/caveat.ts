import { z } from 'zod'
import { emptyClassesCaveat } from './empty-classes.ts'

/** What limits the values of runs beside one another: a sentence, and what programs read of it. */
export const caveat = z.discriminatedUnion('kind', [
  /** Runs come from several processors or cards. */
  z.object({
    kind: z.literal('processors'),
    sentence: z.string(),
    processors: z.array(z.object({ name: z.string(), runs: z.int() })),
  }),
  emptyClassesCaveat,
  /** The file that a network came from would be refused today. */
  z.object({ kind: z.literal('refused-network'), sentence: z.string(), file: z.string(), reason: z.string() }),
  /** Imported results that have no place against costs, by name. */
  z.object({ kind: z.literal('imports-without-costs'), sentence: z.string(), imports: z.array(z.string()) }),
])
export type Caveat = z.infer<typeof caveat>

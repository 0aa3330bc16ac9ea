import { z } from 'zod'

/** A run by its id or name, or an experiment by its id or name (then all its runs). Ids may be cut short while unique. */
export const reference = z.string().min(1).max(10_000)
export const references = z.object({ runs: z.array(reference).min(1) })

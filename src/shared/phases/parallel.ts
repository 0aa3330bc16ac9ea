import { z } from 'zod'

/** Runs trained at once; `auto`: as many as processors and memory allow. */
export const parallel = z.union([z.literal('auto'), z.int().min(1).max(64)])
export type Parallel = z.infer<typeof parallel>

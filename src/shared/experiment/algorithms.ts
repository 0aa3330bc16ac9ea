import { z } from 'zod'

/** What a card computes training with: sums in a fixed order and whole float32 products, or whatever is fastest (method 4.9). */
export const algorithms = z.enum(['deterministic', 'fast'])
export type Algorithms = z.infer<typeof algorithms>

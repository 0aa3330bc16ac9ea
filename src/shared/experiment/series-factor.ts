import { z } from 'zod'

/** Something in which series differ: their regime, or a swept setting. */
export const factor = z.object({
  /** `regime`, or the path of the setting. */
  path: z.string(),
  /** As names of series have it. */
  name: z.string(),
  /** Its values in words: numbers ascend, words are in the order in which they come. */
  levels: z.array(z.string()),
})
export type Factor = z.infer<typeof factor>

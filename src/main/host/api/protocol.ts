import { z } from 'zod'

const call = z.object({
  i: z.string(),
  t: z.literal(1).optional(),
  p: z.object({
    u: z.string().refine((url) => url.startsWith('/') || URL.canParse(url)),
    h: z.record(z.string(), z.string()).optional(),
  }),
})
const streamed = z.object({ i: z.string(), t: z.literal(3), p: z.object({}) })
const abort = z.object({ i: z.string(), t: z.literal(4) })

/** Fields that a message of the protocol must have; the API checks its content. */
const message = z.union([call, streamed, abort])

/** Whether a client of the API may have sent this. */
export function isProtocolMessage(data: unknown): boolean {
  if (typeof data !== 'string') return false
  try {
    return message.safeParse(JSON.parse(data)).success
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

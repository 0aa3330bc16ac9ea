import { z } from 'zod'

/** Device that TensorFlow uses. */
export const deviceReport = z.object({
  kind: z.enum(['cpu', 'gpu']),
  name: z.string(),
  tensorflowVersion: z.string(),
  threads: z.int(),
})
export type DeviceReport = z.infer<typeof deviceReport>

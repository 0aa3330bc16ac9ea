import { z } from 'zod'

/** Who works on a phase in a depot that others train. */
export const phaseProcess = z.object({
  /** Id of the phase. */
  phase: z.string(),
  /** `process 12 on node7, last active at 12:13`; null: nobody. */
  process: z.string().nullable(),
})
export type PhaseProcess = z.infer<typeof phaseProcess>

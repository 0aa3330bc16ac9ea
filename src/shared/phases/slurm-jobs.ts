import { z } from 'zod'

/** A job of Slurm that trains a phase. */
export const slurmJob = z.object({
  /** `ARRAY_INDEX` */
  id: z.string(),
  /** Id of the phase. */
  phase: z.string(),
  /** `PENDING`, `RUNNING`, `COMPLETING`, …; `UNKNOWN`: the queue cannot be read; null: it has left the queue. */
  state: z.string().nullable(),
  /** Why it waits, such as `Resources` or `Dependency`; null while it does not. */
  reason: z.string().nullable(),
  /** Where it runs; null while it waits. */
  node: z.string().nullable(),
})
type SlurmJob = z.infer<typeof slurmJob>

/** Jobs of phases, and why their states are not known. */
export const slurmJobs = z.object({ jobs: z.array(slurmJob), problem: z.string().nullable() })
export type SlurmJobs = z.infer<typeof slurmJobs>

/** `running on node7`, `pending (Dependency)`, `left the queue` */
export function jobState({ state, reason, node }: Pick<SlurmJob, 'state' | 'reason' | 'node'>): string {
  if (state === null) return 'left the queue'
  const word = state.toLowerCase().replaceAll('_', ' ')
  if (node !== null) return `${word} on ${node}`
  return reason === null ? word : `${word} (${reason})`
}

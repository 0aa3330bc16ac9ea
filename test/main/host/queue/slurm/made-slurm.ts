import { readFileSync } from 'node:fs'
import type { Slurm } from '../../../../../src/main/execution/executors/slurm/client.ts'
import type { JobRecord } from '../../../../../src/main/execution/executors/slurm/job-record.ts'
import type { QueuedJob } from '../../../../../src/main/execution/executors/slurm/listing.ts'

interface MadeJob extends QueuedJob {
  phase: string
  exitCode: number
  signal: number
}

/** Slurm whose jobs do as a test says. What it answers can be replaced. */
export interface MadeSlurm extends Slurm {
  jobs: Map<string, MadeJob>
  /** Changes the jobs of a phase. */
  change(phase: string, change: Partial<MadeJob>): void
  /** Slurm no longer knows the jobs of a phase. */
  forget(phase: string): void
  /** Phases in the order in which they were submitted. */
  submitted(): string[]
  cancelled: string[]
  /** How often it was asked for its queue. */
  listings: number
}

const isListed = ({ state }: QueuedJob) => ['PENDING', 'RUNNING', 'COMPLETING'].includes(state)

export function madeSlurm(): MadeSlurm {
  const jobs: MadeSlurm['jobs'] = new Map()
  const submitted: string[] = []
  let arrays = 38
  const ofPhase = (phase: string) => [...jobs].filter(([, job]) => job.phase === phase)
  const made: MadeSlurm = {
    jobs,
    cancelled: [],
    listings: 0,
    submitted: () => submitted,
    change: (phase, change) => ofPhase(phase).forEach(([, job]) => Object.assign(job, change)),
    forget: (phase) => ofPhase(phase).forEach(([id]) => jobs.delete(id)),
    maxArraySize: async () => 1001,
    async submit(options, script) {
      const array = ++arrays
      const name = options.findLast((each) => each.startsWith('--job-name='))!.slice('--job-name='.length)
      for (const [, index, phase] of readFileSync(script, 'utf8').matchAll(/^ {2}(\d+)\) phase=(\S+) ;;$/gm)) {
        const job = { state: 'PENDING', reason: 'Priority', node: '', name, phase: phase!, exitCode: 0, signal: 0 }
        jobs.set(`${array}_${index}`, job)
        submitted.push(phase!)
      }
      return String(array)
    },
    async queue() {
      made.listings++
      return new Map([...jobs].filter(([, job]) => isListed(job)))
    },
    job: async (id): Promise<JobRecord | null> => jobs.get(id) ?? null,
    async cancel(ids) {
      made.cancelled.push(...ids)
      for (const id of ids) Object.assign(jobs.get(id)!, { state: 'CANCELLED' })
    },
  }
  return made
}

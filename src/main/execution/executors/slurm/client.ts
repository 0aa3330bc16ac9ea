import { chunksOf } from '../../../../shared/basics/chunks.ts'
import { accountedJob, accountingColumns, shownJob, type JobRecord } from './job-record.ts'
import { listingFormat, parseListing, type Listing } from './listing.ts'
import { answerOf, outputOf, refuseOutput, type Answer } from './programs.ts'

/** The commands of Slurm that are used. Jobs are named `ARRAY_INDEX`. All throw ExitlabError where they get no answer. */
export interface Slurm {
  /** Indices in an array are below this number. */
  maxArraySize(): Promise<number>
  /** Submits the script in a file. @returns the array's job; where it throws, there may be one all the same. */
  submit(options: readonly string[], script: string): Promise<string>
  /** All jobs of this user that are waiting or running. */
  queue(stop?: AbortSignal): Promise<Listing>
  /** A job that may have ended; null: Slurm has forgotten it. */
  job(id: string, stop?: AbortSignal): Promise<JobRecord | null>
  cancel(jobs: readonly string[]): Promise<void>
}

/** A program of Slurm that waits for its controller does so for as long as that hangs. */
const patience = 60_000

/** Calls Slurm's own programs. */
export function createSlurm(environment: NodeJS.ProcessEnv, limitMilliseconds = patience): Slurm {
  const answer = (program: string, args: readonly string[], stop?: AbortSignal) =>
    answerOf(program, args, { environment, limitMilliseconds, stop })
  return {
    async maxArraySize() {
      const text = outputOf('scontrol', await answer('scontrol', ['show', 'config']))
      return Number(
        found(/^MaxArraySize\s*=\s*(\d+)/m, text) ?? refuseOutput('scontrol', text, 'the MaxArraySize of the cluster'),
      )
    },
    async submit(options, script) {
      const text = outputOf('sbatch', await answer('sbatch', [...options, script]))
      return found(/^(\d+)(?:;\S+)?$/m, text) ?? refuseOutput('sbatch', text, 'the id of a job')
    },
    async queue(stop) {
      const text = outputOf('squeue', await answer('squeue', ['--me', `--format=${listingFormat}`], stop))
      return parseListing(text) ?? refuseOutput('squeue', text, 'a complete list of jobs')
    },
    async job(id, stop) {
      const shown = await answer('scontrol', ['show', 'job', id, '--oneliner'], stop)
      if (isForgotten(shown)) return accounted(id, stop)
      const text = outputOf('scontrol', shown)
      return shownJob(text) ?? refuseOutput('scontrol', text, `the job ${id}`)
    },
    async cancel(jobs) {
      for (const some of chunksOf(jobs, 500)) outputOf('scancel', await answer('scancel', ['--quiet', ...some]))
    },
  }

  /** Null also on a cluster that keeps no accounts. */
  async function accounted(id: string, stop: AbortSignal | undefined): Promise<JobRecord | null> {
    const columns = ['-X', '-n', '-P', `--format=${accountingColumns}`]
    const { stdout } = await answer('sacct', ['-j', id, ...columns], stop).catch(() => {
      stop?.throwIfAborted()
      return { stdout: '' }
    })
    return accountedJob(stdout)
  }
}

/** Some minutes after the end of a job. */
function isForgotten({ exitCode, stdout, stderr }: Answer): boolean {
  return exitCode !== 0 && /Invalid job id specified|^Job \S+ not found$/m.test(`${stdout}\n${stderr}`)
}

const found = (pattern: RegExp, text: string): string | undefined => pattern.exec(text)?.[1]

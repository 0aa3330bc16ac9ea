import { execFile, type ExecFileException } from 'node:child_process'
import { chunksOf } from '../../../shared/chunks.ts'
import { ExitlabError } from '../../../shared/error.ts'

/** A job of Slurm that is waiting or running. */
export interface QueuedJob {
  /** `PENDING`, `RUNNING`, `COMPLETING`, … */
  state: string
  /** Why it waits. */
  reason: string
  /** Nodes on which it runs; empty while it waits. */
  node: string
}

/** How a job ended; null where Slurm has forgotten it. */
export interface EndedJob {
  state: string
  exitCode: number
  /** `DependencyNeverSatisfied`: the task that it waited for failed. */
  reason: string
}

/** The commands of Slurm that are used. Jobs are named `ARRAY_INDEX`. */
export interface Slurm {
  /** Indices in an array are below this number. */
  maxArraySize(): Promise<number>
  /** Submits a script; returns the array's job. */
  submit(options: readonly string[], script: string): Promise<string>
  /** All jobs of this user that are waiting or running. */
  queue(): Promise<Map<string, QueuedJob>>
  ended(job: string): Promise<EndedJob | null>
  cancel(jobs: readonly string[]): Promise<void>
}

/** Calls Slurm's own programs. */
export function createSlurm(environment: NodeJS.ProcessEnv = process.env): Slurm {
  const run = (program: string, args: readonly string[], input?: string) => call(program, { args, input, environment })
  return {
    async maxArraySize() {
      const found = /^MaxArraySize\s*=\s*(\d+)/m.exec(await run('scontrol', ['show', 'config']))
      return Number(found?.[1] ?? 1001)
    },
    submit: async (options, script) => (await run('sbatch', options, script)).trim().split(';')[0]!,
    queue: async () => parseQueue(await run('squeue', ['--me', '--noheader', '--format=%F|%K|%T|%r|%N'])),
    async ended(job) {
      const shown = await run('scontrol', ['show', 'job', job, '--oneliner']).catch(() => '')
      const found = /JobState=(\w+) Reason=(\S+).*?ExitCode=(\d+):/.exec(shown)
      if (found) return { state: found[1]!, reason: found[2]!, exitCode: Number(found[3]) }
      const fields = '--format=State,Reason,ExitCode'
      const accounted = await run('sacct', ['-j', job, '-X', '-n', '-P', fields]).catch(() => '')
      const [, state, reason, exitCode] = /^(\w+)[^|\n]*\|([^|\n]*)\|(\d+):/m.exec(accounted) ?? []
      return state === undefined ? null : { state, reason: reason!, exitCode: Number(exitCode) }
    },
    async cancel(jobs) {
      for (const some of chunksOf(jobs, 500)) await run('scancel', ['--quiet', ...some])
    },
  }
}

/** Jobs in lines of `ARRAY|INDICES|STATE|REASON|NODES`; waiting tasks of an array share a line. */
export function parseQueue(text: string): Map<string, QueuedJob> {
  const jobs = new Map<string, QueuedJob>()
  for (const line of text.split('\n')) {
    const [array, indices, state, reason = '', node = ''] = line.trim().split('|')
    if (state === undefined) continue
    for (const index of indicesIn(indices!)) jobs.set(`${array}_${index}`, { state, reason, node })
  }
  return jobs
}

/** `0-2,5,8-12:4%3` → 0, 1, 2, 5, 8, 12 */
function indicesIn(text: string): number[] {
  const ranges = text.replace(/%.*$/, '').replaceAll(/[[\]]/g, '').split(',')
  return ranges.flatMap((range) => {
    const [, first, last = first, step = '1'] = /^(\d+)(?:-(\d+))?(?::(\d+))?$/.exec(range) ?? []
    if (first === undefined) return []
    const count = Math.floor((Number(last) - Number(first)) / Number(step)) + 1
    return Array.from({ length: count }, (_, at) => Number(first) + at * Number(step))
  })
}

interface Call {
  args: readonly string[]
  input: string | undefined
  environment: NodeJS.ProcessEnv
}

function call(program: string, { args, input, environment }: Call): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...environment, SLURM_BITSTR_LEN: '0' }, maxBuffer: 1 << 28 }
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(refusal(program, error, stderr))
    })
    child.stdin!.on('error', () => {})
    child.stdin!.end(input ?? '')
  })
}

function refusal(program: string, error: ExecFileException, stderr: string): ExitlabError {
  const what =
    error.code === 'ENOENT'
      ? `Slurm is not installed on this machine: there is no ${program}. Run this on a login node of the cluster.`
      : `${program} failed: ${stderr.trim() || error.message}`
  return new ExitlabError('engine', what, { cause: error })
}

/** What Slurm says of a job, which may have ended. */
export interface JobRecord {
  /** `RUNNING`, `COMPLETED`, … */
  state: string
  /** `DependencyNeverSatisfied`: the task that it waited for failed. */
  reason: string
  exitCode: number
  /** That ended it; 0: none. */
  signal: number
  /** Where it runs or ran; empty where that is nowhere. */
  node: string
}

/** States of jobs that are over, and flags that Slurm prints in their place (its job state codes): for a reason of the job's own, … */
const ended = ['CANCELLED', 'COMPLETED', 'FAILED', 'OUT_OF_MEMORY']
/** … and for a reason outside of the job, so that another may do better. */
const interrupted = [
  ...['BOOT_FAIL', 'DEADLINE', 'LAUNCH_FAILED', 'NODE_FAIL'],
  ...['PREEMPTED', 'RECONFIG_FAIL', 'REVOKED', 'TIMEOUT'],
]

type State = Pick<JobRecord, 'state'>

/** Whether a job was ended from outside: by its node, its limits or other jobs. */
export const wasInterrupted = ({ state }: State) => interrupted.includes(state)

/** Whether nothing more comes of a job: it is not waiting, running, ending or queued again. */
export const hasEnded = (job: State) => ended.includes(job.state) || wasInterrupted(job)

/** A job in the output of `scontrol show job --oneliner`; null for any other text. */
export function shownJob(text: string): JobRecord | null {
  const [, state, reason, exitCode, signal, node] =
    /^JobId=\d+ .*? JobState=(\w+) Reason=(\S+) .*? ExitCode=(\d+):(\d+) .*? NodeList=(\S*) /m.exec(text) ?? []
  return state === undefined ? null : recordOf([state, reason, exitCode, signal, node])
}

/** The columns of sacct that `accountedJob` reads. */
export const accountingColumns = 'State,Reason,ExitCode,NodeList'

/** A job in a line of sacct; null for any other text. */
export function accountedJob(text: string): JobRecord | null {
  const [, ...columns] = /^(\w+)[^|\n]*\|([^|\n]*)\|(\d+):(\d+)\|([^|\n]*)$/m.exec(text) ?? []
  return columns.length === 0 ? null : recordOf(columns)
}

function recordOf([state, reason, exitCode, signal, node]: readonly (string | undefined)[]): JobRecord {
  const nodes = /^(\(null\)|None assigned)?$/.test(node!) ? '' : node!
  return { state: state!, reason: reason!, exitCode: Number(exitCode), signal: Number(signal), node: nodes }
}

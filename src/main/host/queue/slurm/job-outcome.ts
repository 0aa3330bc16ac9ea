import { dirname, join } from 'node:path'
import type { ErrorCode } from '../../../../shared/basics/error.ts'
import { exitCodes } from '../../../../shared/basics/exit-codes.ts'
import { readEvents, type TimedEvent } from '../../../execution/depot/events.ts'
import { readResults } from '../../../execution/depot/phase-results.ts'
import { readEnd, whyUnreadable } from '../../../../files/regular-file.ts'
import { logFolder } from '../../../execution/executors/slurm/batch-script.ts'
import { wasInterrupted, type JobRecord } from '../../../execution/executors/slurm/job-record.ts'

/** Why a job ended before its phase was done. */
export interface JobOutcome {
  code: ErrorCode
  message: string
  /** What its user can do if there is no further job. */
  remedy: string | null
  /** Whether another job may do better. */
  again: boolean
  /** Whether there is a newer checkpoint than when it was submitted. */
  progress: boolean
}

interface Ended {
  folder: string
  job: string
  /** Null: Slurm has forgotten it. */
  record: JobRecord | null
  steps: number
  /** Whether a host that submitted it has cancelled it. */
  withdrawn: boolean
}

type Cause = Pick<JobOutcome, 'code' | 'message' | 'again'> & Partial<JobOutcome>

export async function endOfJob(ended: Ended): Promise<JobOutcome> {
  const progress = (await readResults(ended.folder)).steps > ended.steps
  return { remedy: null, progress, ...(await causeOf(ended, progress)) }
}

async function causeOf(ended: Ended, progress: boolean): Promise<Cause> {
  const { job, record, withdrawn } = ended
  // Its parent's job was lost, and is submitted again.
  if (record?.reason === 'DependencyNeverSatisfied') return { ...cancelled(job), again: true, progress: true }
  if (record?.state === 'CANCELLED') return { ...cancelled(job), again: withdrawn }
  const events = await eventsOf(ended)
  const last = events.findLast(({ type }) => type === 'failed' || type === 'paused')
  // The damaged weights of its parent are set aside by then, and trained again or copied once more.
  if (last?.type === 'failed')
    return { code: last.code, message: last.message, again: last.code === 'checkpoint-damaged' }
  const output = await outputOf(ended)
  if (record?.state === 'FAILED' && events.length === 0 && output === null) return unseen(ended, record)
  const message = sentence(ended, output)
  if (record?.state === 'OUT_OF_MEMORY') return { code: 'memory', message, again: false }
  if (record?.state === 'TIMEOUT' && !progress) return { ...tooShort(message), again: true }
  if (record?.exitCode === exitCodes.conflict.code) return { code: 'conflict', message, again: true }
  if (record?.exitCode === exitCodes.disk.code) return { code: 'disk', message, again: false }
  const stopped = last?.type === 'paused' || record?.exitCode === exitCodes.requeue.code || record === null
  const again = stopped || wasInterrupted(record) || record.exitCode > 128 || record.exitCode === 0
  return { code: 'engine', message, again, remedy: again || events.length > 0 ? null : notBegun }
}

const notBegun =
  'It ended before it took the phase. If Exitlab was updated or moved after the job was queued, retry the run: it is submitted with the command of today.'

/** What the job said itself of its last attempt. */
async function eventsOf({ folder, job }: Ended): Promise<TimedEvent[]> {
  const { events } = await readEvents(folder)
  const taken = events.findLastIndex(({ type }) => type === 'taken')
  const first = events[taken]
  return first?.type === 'taken' && first.job === job ? events.slice(taken) : []
}

function cancelled(job: string) {
  const message = `Job ${job} was cancelled outside of this workspace.`
  return { code: 'conflict', message, remedy: 'Retry the run to submit it again.' } as const
}

function tooShort(message: string) {
  const remedy = 'Raise slurm.time, then retry the run.'
  return { code: 'engine', message: `${message}\nNo checkpoint was written in its time.`, remedy } as const
}

/** Slurm itself writes the first file of a job, its output. */
function unseen({ folder, job }: Ended, { state, node }: JobRecord): Cause {
  const depot = dirname(folder)
  const where = node === '' ? 'its node' : `node ${node}`
  return {
    code: 'disk',
    message:
      `Job ${job} ended with ${state} on ${where} and wrote nothing into the depot ${depot}, not even its output: ` +
      `${where} does not see this folder as this machine does, or may not write there.`,
    remedy:
      'Set the depot to a folder that this machine and all nodes have under the same path, then retry the run. ' +
      `What a node sees: srun${node === '' ? '' : ` --nodelist=${node}`} ls -ld ${logFolder(depot)}`,
    again: false,
  }
}

const logPath = ({ folder, job }: Ended) => join(logFolder(dirname(folder)), `${job}.log`)

/** Bytes and lines of its output that are told at most. */
const [mostBytes, mostLines] = [8192, 8]

/** The end of its output, as a sentence; null: there is none. */
async function outputOf(ended: Ended): Promise<string | null> {
  const path = logPath(ended)
  try {
    const end = (await readEnd(path, mostBytes)).toString().trim().split('\n').slice(-mostLines).join('\n')
    return end === '' ? '' : ` The end of ${path}:\n${end}`
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : ` Its output ${path} ${whyUnreadable(error)}.`
  }
}

function sentence({ job, record }: Ended, output: string | null): string {
  const how =
    record === null ? 'left the queue, and Slurm no longer says how' : `ended with ${record.state}, ${exitOf(record)}`
  return `Job ${job} ${how}.${output ?? ''}`
}

const exitOf = ({ signal, exitCode }: JobRecord) => (signal > 0 ? `signal ${signal}` : `exit code ${exitCode}`)

import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ErrorCode } from '../../../../shared/error.ts'
import { exitCodes } from '../../../../shared/exit-codes.ts'
import { readEvents } from '../../../depot/events.ts'
import { readResults } from '../../../depot/phase-results.ts'
import { logFolder } from '../../../executors/slurm/batch-script.ts'
import type { EndedJob, Slurm } from '../../../executors/slurm/client.ts'

/** Why a job ended before its phase was done. */
export interface JobOutcome {
  code: ErrorCode
  message: string
  /** Whether another job may do better. */
  again: boolean
  /** Whether there is a newer checkpoint than when it was submitted. */
  progress: boolean
}

interface Ended {
  slurm: Pick<Slurm, 'ended'>
  folder: string
  job: string
  steps: number
  /** Whether a host that submitted it has cancelled it. */
  withdrawn: boolean
}

/** States of jobs that ended for a reason outside of the job. */
const interrupted = ['PREEMPTED', 'NODE_FAIL', 'BOOT_FAIL', 'REQUEUED', 'TIMEOUT', 'DEADLINE']

export async function endOfJob({ slurm, folder, job, steps, withdrawn }: Ended): Promise<JobOutcome> {
  const progress = (await readResults(folder)).steps > steps
  const ended = await slurm.ended(job)
  const { events } = await readEvents(folder)
  const own = events.slice(
    Math.max(
      0,
      events.findLastIndex(({ type }) => type === 'taken'),
    ),
  )
  const last = own.findLast(({ type }) => type === 'failed' || type === 'paused')
  // Its parent's job was lost, and is submitted again.
  if (ended?.reason === 'DependencyNeverSatisfied') return { ...cancelled(job), again: true, progress: true }
  if (ended?.state === 'CANCELLED') return { ...cancelled(job), again: withdrawn, progress }
  if (last?.type === 'failed' && (own[0]?.type !== 'taken' || own[0].job === job)) {
    // The damaged weights of its parent are set aside by then, and trained again or copied once more.
    const again = last.code === 'checkpoint-damaged'
    return { code: last.code, message: last.message, again, progress }
  }
  const message = await sentence({ folder, job, ended })
  if (ended?.state === 'OUT_OF_MEMORY') return { code: 'memory', message, again: false, progress }
  if (ended?.state === 'TIMEOUT' && !progress) return { ...tooShort(message), progress }
  if (ended?.exitCode === exitCodes.conflict.code) return { code: 'conflict', message, again: true, progress }
  if (ended?.exitCode === exitCodes.disk.code) return { code: 'disk', message, again: false, progress }
  const stopped = last?.type === 'paused' || ended?.exitCode === exitCodes.requeue.code || ended === null
  const again = stopped || interrupted.includes(ended.state) || ended.exitCode > 128 || ended.exitCode === 0
  return { code: 'engine', message, again, progress }
}

function cancelled(job: string): Pick<JobOutcome, 'code' | 'message'> {
  const message = `Job ${job} was cancelled outside of this workspace. Retry the run to submit it again.`
  return { code: 'conflict', message }
}

function tooShort(message: string): Omit<JobOutcome, 'progress'> {
  return { code: 'engine', message: `${message} No checkpoint was written in its time: raise slurm.time.`, again: true }
}

async function sentence({ folder, job, ended }: Pick<Ended, 'folder' | 'job'> & { ended: EndedJob | null }) {
  const log = join(logFolder(dirname(folder)), `${job}.log`)
  const tail = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-8).join('\n')
  const how =
    ended === null
      ? 'left the queue, and Slurm no longer says how'
      : `ended with ${ended.state}, exit code ${ended.exitCode}`
  return `Job ${job} ${how}.${tail === '' ? '' : ` The end of ${log}:\n${tail}`}`
}

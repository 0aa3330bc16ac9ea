import { mkdir } from 'node:fs/promises'
import { parentOf } from '../../../../shared/phase.ts'
import { phaseFolder } from '../../../depot/depot.ts'
import { copyPhase } from '../../../depot/stage-phases.ts'
import { writeJob } from '../../../depot/phase-job.ts'
import { readResults } from '../../../depot/phase-results.ts'
import { readSubmission, writeSubmission } from '../../../depot/submission.ts'
import {
  parentsFirst,
  planArrays,
  type PlannedArray,
  type PlannedTask,
  type TaskPlace,
} from '../../../executors/slurm/arrays.ts'
import { batchOptions, batchScript, logFolder } from '../../../executors/slurm/batch-script.ts'
import type { Slurm } from '../../../executors/slurm/client.ts'
import type { SlurmSettings } from '../../../../shared/slurm-settings.ts'
import { storedDataLocation } from '../../../store/data-location.ts'
import type { Store } from '../../../store/open.ts'
import { checkpointFolder } from '../../../store/workspace.ts'
import type { NeededPhase } from './needed-phases.ts'
import { isTrained } from '../tasks.ts'

export interface SubmitOptions {
  /** Jobs of phases that were submitted before. */
  known: ReadonlyMap<string, string>
  store: Store
  slurm: Slurm
  settings: SlurmSettings
  depot: string
  /** Program and arguments of a task, before `DEPOT ID`. */
  command: readonly string[]
  now: () => number
}

/**
 * Submits phases as arrays of jobs; of those that another host has submitted meanwhile the job is taken as it is. To be called by the
 * owner of the depot. @returns the job of each phase.
 */
export async function submitPhases(
  needed: readonly NeededPhase[],
  options: SubmitOptions,
): Promise<Map<string, string>> {
  const jobs = await queuedJobs(needed, options)
  const tasks = await prepareTasks(needed, jobs, options)
  return new Map([...jobs, ...(await submitTasks(tasks, jobs, options))])
}

/** Jobs of phases that are in the queue, whichever host has submitted them. */
async function queuedJobs(
  needed: readonly NeededPhase[],
  { known, slurm, depot }: SubmitOptions,
): Promise<Map<string, string>> {
  const queue = await slurm.queue()
  const jobs = new Map([...known].filter(([, job]) => queue.has(job)))
  for (const { phase } of needed) {
    const submission = await readSubmission(phaseFolder(depot, phase.id))
    if (submission !== null && queue.has(submission.job)) jobs.set(phase.id, submission.job)
  }
  return jobs
}

/** Tasks for the phases without a job, whose folders are prepared; not for a phase whose parent is neither trained nor in a job. */
async function prepareTasks(
  needed: readonly NeededPhase[],
  jobs: ReadonlyMap<string, string>,
  { store, depot }: SubmitOptions,
): Promise<PlannedTask[]> {
  const tasks: PlannedTask[] = []
  for (const { phaseId, parent, needed: each } of parentsFirst(needed.map(taskOf))) {
    if (jobs.has(phaseId)) continue
    await prepare(each, { store, depot })
    const waits = parent !== null && !jobs.has(parent) && !tasks.some((task) => task.phaseId === parent)
    // Of a parent whose job has just ended the outcome is not known yet.
    if (!waits || (await readResults(phaseFolder(depot, parent))).weights !== null) tasks.push({ phaseId, parent })
  }
  return tasks
}

/** Submits tasks, some of which wait for `jobs`. Returns the job of each phase. */
async function submitTasks(
  tasks: readonly PlannedTask[],
  jobs: ReadonlyMap<string, string>,
  { slurm, settings, depot, command, now }: SubmitOptions,
): Promise<Map<string, string>> {
  const submitted = new Map([...jobs].map(([id, job]) => [id, placeOf(job)]))
  const size = (await slurm.maxArraySize()) - 1
  await mkdir(logFolder(depot), { recursive: true })
  const arrays = new Map<PlannedArray, string>()
  const own = new Map<string, string>()
  for (const array of planArrays(tasks, { size, submitted })) {
    const after = array.after === null || typeof array.after === 'string' ? array.after : arrays.get(array.after)!
    const batch = { depot, tasks: array.tasks, command }
    const job = await slurm.submit(batchOptions(settings, { ...batch, after }), batchScript(settings, batch))
    arrays.set(array, job)
    for (const [index, id] of array.tasks) {
      own.set(id, `${job}_${index}`)
      await writeSubmission(phaseFolder(depot, id), { job: `${job}_${index}`, at: now() })
    }
  }
  return own
}

const taskOf = (needed: NeededPhase) => ({
  phaseId: needed.phase.id,
  parent: parentOf(needed.phase.definition),
  needed,
})

function placeOf(job: string): TaskPlace {
  const [array, index] = job.split('_')
  return { array: array!, index: Number(index) }
}

/** Writes the job of a phase, and brings what the workspace has of it and of its parent. */
async function prepare(
  { phase, run, evaluate }: NeededPhase,
  { store, depot }: Pick<SubmitOptions, 'store' | 'depot'>,
): Promise<void> {
  const { id, definition } = phase
  const dominanceBatches = store.experiments.get(run.experimentId)!.file.probes.gradientDominance
  const place = storedDataLocation(store, run.experimentId)
  await writeJob(depot, id, { format: 1, definition, ...place, dominanceBatches, evaluate })
  const parent = parentOf(definition)
  const start = parent === null ? null : store.phases.get(parent)
  for (const each of [id, ...(start !== null && isTrained(start) ? [start.id] : [])]) {
    const { weights } = await readResults(phaseFolder(depot, each))
    if (weights === null) await copyPhase(checkpointFolder(store.workspace, each), phaseFolder(depot, each))
  }
}

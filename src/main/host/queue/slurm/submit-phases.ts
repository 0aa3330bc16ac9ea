import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parentOf } from '../../../../contract/experiment/phase-definition.ts'
import { phaseFolder } from '../../../execution/depot/depot.ts'
import { parentsFirst } from '../../../execution/depot/parents-first.ts'
import { readResults } from '../../../execution/depot/phase-results.ts'
import { writeSubmission } from '../../../execution/depot/submission.ts'
import {
  planArrays,
  type PlannedArray,
  type PlannedTask,
  type TaskPlace,
} from '../../../execution/executors/slurm/arrays.ts'
import { batchOptions, batchScript, logFolder } from '../../../execution/executors/slurm/batch-script.ts'
import type { Slurm } from '../../../execution/executors/slurm/client.ts'
import type { Listing } from '../../../execution/executors/slurm/listing.ts'
import { extensionArguments } from '../../../extensions/keep.ts'
import { writeDurably } from '../../../../files/durable-file.ts'
import type { SlurmSettings } from '../../../../shared/phases/slurm-settings.ts'
import type { Store } from '../../../store/open.ts'
import { preparePhase } from '../depot/prepare-phase.ts'
import type { TrackedPhase } from '../depot/tracked-phases.ts'
import { outcomeOfCall } from './unanswered-call.ts'

export interface SubmitOptions {
  /** Jobs of the other phases. */
  known: ReadonlyMap<string, string>
  listing: Listing
  store: Store
  slurm: Slurm
  settings: SlurmSettings
  depot: string
  /** Program and arguments of a task, before `DEPOT ID`. */
  command: readonly string[]
  patienceMilliseconds: number
  /** Aborted when the host closes. */
  stop: AbortSignal
  now: () => number
  /** A phase has this job. */
  submitted(phase: TrackedPhase, job: string): Promise<void>
}

/**
 * Submits phases without a job as arrays; not those that another host has submitted meanwhile, whose job is found in the next round.
 * To be called by the owner of the depot.
 */
export async function submitPhases(open: readonly TrackedPhase[], options: SubmitOptions): Promise<void> {
  const free: TrackedPhase[] = []
  for (const each of open) if (await isFree(each, options)) free.push(each)
  // Not those of which the queue says nothing yet, or whose outcome is not known yet.
  const jobs = new Map([...options.known].filter(([, job]) => options.listing.has(job)))
  await submitTasks(await prepareTasks(free, jobs, options), jobs, options)
}

/** Whether a phase has no job, and none may come of an earlier call of sbatch that was not answered. */
async function isFree(each: TrackedPhase, options: SubmitOptions): Promise<boolean> {
  const outcome = await outcomeOfCall(each, options)
  if (typeof outcome === 'object') await options.submitted(each, outcome.job)
  return outcome === 'none'
}

/** Tasks for the phases without a job, whose folders are prepared; not for a phase whose parent is neither trained nor in a job. */
async function prepareTasks(
  free: readonly TrackedPhase[],
  jobs: ReadonlyMap<string, string>,
  { store, depot }: SubmitOptions,
): Promise<Task[]> {
  const tasks: Task[] = []
  for (const { id, parent, each } of parentsFirst(free.map(taskOf))) {
    await preparePhase(each, { store, depot })
    const waits = parent !== null && !jobs.has(parent) && !tasks.some((task) => task.id === parent)
    // Of a parent whose job has just ended the outcome is not known yet.
    if (!waits || (await readResults(phaseFolder(depot, parent))).weights !== null) tasks.push({ id, parent, each })
  }
  return tasks
}

/** Submits tasks, some of which wait for `jobs`. */
async function submitTasks(
  tasks: readonly Task[],
  jobs: ReadonlyMap<string, string>,
  options: SubmitOptions,
): Promise<void> {
  if (tasks.length === 0) return
  const { slurm, depot, stop } = options
  const phases = new Map(tasks.map(({ id, each }) => [id, each]))
  const places = new Map([...jobs].map(([id, job]) => [id, placeOf(job)]))
  const size = (await slurm.maxArraySize()) - 1
  await mkdir(logFolder(depot), { recursive: true })
  const arrays = new Map<PlannedArray, string>()
  for (const array of planArrays(tasks, { size, submitted: places })) {
    if (stop.aborted) return
    const after = array.after === null || typeof array.after === 'string' ? array.after : arrays.get(array.after)!
    arrays.set(array, await submitArray({ array, after, phases }, options))
  }
}

interface Submitting {
  array: PlannedArray
  /** Job of the array that it waits for. */
  after: string | null
  phases: ReadonlyMap<string, TrackedPhase>
}

/** @returns its job, which is found by its name if this process dies, or gets no answer, after sbatch was called. */
async function submitArray({ array: { tasks }, after, phases }: Submitting, options: SubmitOptions): Promise<string> {
  const { slurm, settings, depot, command, now, submitted } = options
  const name = `exitlab-${randomBytes(6).toString('hex')}`
  const write = (index: number, id: string, job: string | null) =>
    writeSubmission(phaseFolder(depot, id), { task: `${name}_${index}`, job, at: now() })
  for (const [index, id] of tasks) await write(index, id, null)
  const methods = [...tasks.values()].map((id) => phases.get(id)!.phase.definition.methods)
  const batch = { depot, tasks, command: [...command, ...extensionArguments(depot, methods)] }
  // From a pipe, sbatch would submit half a script if this process died meanwhile.
  const script = join(logFolder(depot), `${name}.sh`)
  await writeDurably(script, new TextEncoder().encode(batchScript(settings, batch)))
  const submitting = slurm.submit(batchOptions(settings, { ...batch, after, name }), script)
  // Whether or not it is taken: sbatch has read it, and calls are repeated for days where a limit of jobs is reached.
  const job = await submitting.finally(() => rm(script, { force: true }))
  for (const [index, id] of tasks) {
    await write(index, id, `${job}_${index}`)
    await submitted(phases.get(id)!, `${job}_${index}`)
  }
  return job
}

interface Task extends PlannedTask {
  each: TrackedPhase
}

const taskOf = (each: TrackedPhase): Task => ({ id: each.phase.id, parent: parentOf(each.phase.definition), each })

function placeOf(job: string): TaskPlace {
  const [array, index] = job.split('_')
  return { array: array!, index: Number(index) }
}

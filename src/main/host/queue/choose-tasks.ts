import { DamagedRowError } from '../../store/json-columns.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { nextTask, type Task } from './tasks.ts'

export interface ChosenTask {
  run: RunRow
  task: Task
}

export interface ChoiceOptions {
  /** Number of tasks that can be started. */
  room: number
  /** Whether a task is being done for a run. */
  isOwned(runId: string): boolean
  /** Whether a task is being done. */
  isTaken(key: string): boolean
}

/** The first runs of the queue whose next task is not being done, and those met on the way that cannot be read. */
export function chooseTasks(store: Store, { room, isOwned, isTaken }: ChoiceOptions) {
  const chosen = new Map<string, ChosenTask>()
  const damaged: { run: RunRow; error: DamagedRowError }[] = []
  const waiting = room > 0 ? store.runs.waiting() : []
  for (const run of waiting) {
    const task = isOwned(run.id) ? null : nextTaskOrDamage(store, run)
    if (task instanceof DamagedRowError) damaged.push({ run, error: task })
    else if (task !== null && !isTaken(task.key) && !chosen.has(task.key)) chosen.set(task.key, { run, task })
    if (chosen.size === room) break
  }
  return { chosen: [...chosen.values()], damaged }
}

/** A run that cannot be read fails alone; others continue. */
function nextTaskOrDamage(store: Store, run: RunRow): Task | DamagedRowError | null {
  try {
    return nextTask(store, run)
  } catch (error) {
    if (error instanceof DamagedRowError) return error
    throw error
  }
}

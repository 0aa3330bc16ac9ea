import { DamagedRowError } from '../../store/json-columns.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import type { Slots } from './slots.ts'
import { nextTask, type Task } from './tasks.ts'

export interface ChosenTask {
  run: RunRow
  task: Task
}

export interface ChoiceOptions extends Pick<Slots, 'isOwned' | 'isTaken'> {
  /** Number of tasks that can be started. */
  room: number
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

/** Another run that waits for a task; undefined where none does. */
export function chooseHeir(
  store: Store,
  { key, phase }: Task,
  { isOwned }: Pick<Slots, 'isOwned'>,
): RunRow | undefined {
  const isWaiting = ({ id, status, deletedAt }: RunRow) =>
    deletedAt === null && (status === 'queued' || status === 'running') && !isOwned(id)
  return store.runs.ofPhase(phase.id).find((run) => isWaiting(run) && nextTask(store, run)?.key === key)
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

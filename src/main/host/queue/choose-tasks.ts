import type { ExitlabError } from '../../../shared/error.ts'
import { UnknownMethodError } from '../../../shared/unknown-method.ts'
import { DamagedRowError } from '../../store/json-columns.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import type { Slots } from './slots.ts'
import { doableTask, nextTask, type Task } from './tasks.ts'

export interface ChosenTask {
  run: RunRow
  task: Task
}

export interface ChoiceOptions extends Pick<Slots, 'isOwned' | 'isTaken'> {
  /** Number of tasks that can be started. */
  room: number
}

/** The first runs of the queue whose next task is not being done, and those met on the way that cannot be trained here. */
export function chooseTasks(store: Store, { room, isOwned, isTaken }: ChoiceOptions) {
  const chosen = new Map<string, ChosenTask>()
  const refused: { run: RunRow; error: ExitlabError }[] = []
  const waiting = room > 0 ? store.runs.waiting() : []
  for (const run of waiting) {
    const { task, error } = isOwned(run.id) ? { task: null } : taskOrRefusal(store, run)
    if (error) refused.push({ run, error })
    else if (task !== null && !isTaken(task.key) && !chosen.has(task.key)) chosen.set(task.key, { run, task })
    if (chosen.size === room) break
  }
  return { chosen: [...chosen.values()], refused }
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

/** A run that cannot be read, or that needs what this version does not have, fails alone; others continue. */
export function taskOrRefusal(store: Store, run: RunRow): { task: Task | null; error?: ExitlabError } {
  try {
    return { task: doableTask(store, run) }
  } catch (error) {
    if (error instanceof DamagedRowError || error instanceof UnknownMethodError) return { task: null, error }
    throw error
  }
}

import type { RunRow } from '../../store/runs.ts'
import { type JobHandle, requestStop } from '../trainers/retry.ts'
import type { Task } from './tasks.ts'

/** A task that is being done for a run. */
export interface Slot extends JobHandle {
  task: Task
  run: RunRow
  ended: Promise<void>
}

/** The tasks that are being done. */
export interface Slots {
  count(): number
  add(slot: Slot): void
  remove(slot: Slot): void
  ofRun(runId: string): Slot | undefined
  /** Whether a task is being done for a run. */
  isOwned(runId: string): boolean
  /** Whether a task is being done. */
  isTaken(key: string): boolean
  /** Ends all with a checkpoint. */
  stop(): Promise<void>
}

export function createSlots(): Slots {
  const slots = new Map<string, Slot>()
  const ofRun = (runId: string) => [...slots.values()].find(({ run }) => run.id === runId)
  return {
    count: () => slots.size,
    add: (slot) => void slots.set(slot.task.key, slot),
    remove: ({ task }) => void slots.delete(task.key),
    ofRun,
    isOwned: (runId) => ofRun(runId) !== undefined,
    isTaken: (key) => slots.has(key),
    stop: async () => void (await Promise.all([...slots.values()].map(stopSlot))),
  }
}

/** Ends a task with a checkpoint. */
export function stopSlot(slot: Slot): Promise<void> {
  requestStop(slot)
  return slot.ended
}

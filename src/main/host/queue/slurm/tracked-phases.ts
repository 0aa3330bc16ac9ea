import type { Recorder } from '../event-recorder.ts'
import type { NeededPhase } from './needed-phases.ts'

/** A phase that runs wait for, and its job while it has one. */
export interface TrackedPhase extends NeededPhase {
  job: string | null
  /** Jobs that ended early since the last progress. */
  attempts: number
  /** Steps in its newest checkpoint when its job was submitted. */
  steps: number
  running: boolean
  /** When its events were first found to lack epochs although it is trained; null: they were not. */
  lacksEpochsSince: number | null
}

/** The phases that runs wait for, in the order of the queue. */
export interface TrackedPhases {
  all(): TrackedPhase[]
  isEmpty(): boolean
  /** Takes what is needed now. @returns those with jobs that none needs any more. */
  update(needed: ReadonlyMap<string, NeededPhase>): TrackedPhase[]
  remove(phase: TrackedPhase): void
  /** Ids of the runs that wait. */
  runs(): string[]
}

const untouched = { job: null, attempts: 0, steps: 0, running: false, lacksEpochsSince: null }

export function createTrackedPhases(): TrackedPhases {
  const tracked = new Map<string, TrackedPhase>()
  const all = () => [...tracked.values()]
  return {
    all,
    isEmpty: () => tracked.size === 0,
    update(needed) {
      const dropped = all().filter(({ phase }) => !needed.has(phase.id))
      for (const { phase } of dropped) tracked.delete(phase.id)
      for (const [id, each] of needed) tracked.set(id, { ...untouched, ...tracked.get(id), ...each })
      return dropped.filter(({ job }) => job !== null)
    },
    remove: ({ phase }) => void tracked.delete(phase.id),
    runs: () => [...new Set(all().map(({ run }) => run.id))],
  }
}

/** Writes a line into the log of a tracked phase and its run. */
export function note(
  recorder: Pick<Recorder, 'log'>,
  { run, phase }: TrackedPhase,
  { message, level = 'warning' }: { message: string; level?: 'info' | 'warning' },
): void {
  recorder.log({ level, run: run.id, phase: phase.id, message })
}

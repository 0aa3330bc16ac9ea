import { readResults } from '../../../execution/depot/phase-results.ts'
import type { Recorder } from '../events/event-recorder.ts'
import type { NeededPhase } from './needed-phases.ts'

/** A phase that runs wait for, and its job while it has one. */
export interface TrackedPhase extends NeededPhase {
  job: string | null
  /** Jobs that ended early since the last progress. */
  attempts: number
  /** Steps in its newest checkpoint when its job was submitted. */
  steps: number
  /** The run that is shown as running for it; null: it is not trained now. */
  running: string | null
  /** When its events were first found to lack epochs although it is trained, by `performance.now()`; null: they were not. */
  lacksEpochsSince: number | null
  missing: Missing | null
}

/** What complete listings of jobs lack. */
interface Missing {
  /** A job, or the task of a call of sbatch that has not told its job. */
  what: string
  /** By `performance.now()`. */
  since: number
  /** Of the owner of the phase's folder. */
  beat: string | null
}

/** The phases that runs wait for, in the order of the queue. */
export interface TrackedPhases {
  all(): TrackedPhase[]
  isEmpty(): boolean
  has(id: string): boolean
  get(id: string): TrackedPhase | undefined
  /** Takes what is needed now. @returns those that none needs any more. */
  update(needed: ReadonlyMap<string, NeededPhase>): TrackedPhase[]
  remove(phase: TrackedPhase): void
  /** The names of the runs that wait, by their ids. */
  runs(): Map<string, string>
}

const untouched = { job: null, attempts: 0, steps: 0, running: null, lacksEpochsSince: null, missing: null }

export function createTrackedPhases(): TrackedPhases {
  const tracked = new Map<string, TrackedPhase>()
  const all = () => [...tracked.values()]
  return {
    all,
    isEmpty: () => tracked.size === 0,
    has: (id) => tracked.has(id),
    get: (id) => tracked.get(id),
    update(needed) {
      const before = new Map(tracked)
      tracked.clear()
      // In the present order; whoever works on one keeps its object.
      for (const [id, each] of needed) tracked.set(id, Object.assign(before.get(id) ?? { ...untouched }, each))
      return [...before.values()].filter(({ phase }) => !needed.has(phase.id))
    },
    remove: ({ phase }) => void tracked.delete(phase.id),
    runs: () => new Map(all().map(({ run }) => [run.id, run.name])),
  }
}

/** Notes the job that a phase has now, if it has one. */
export async function takeJob(each: TrackedPhase, job: string | null, folder: string): Promise<void> {
  each.job = job
  if (job === null) return
  each.missing = null
  each.steps = (await readResults(folder)).steps
}

/** For how many milliseconds listings have lacked something of a phase while its folder showed the same beat. */
export function missingFor(each: TrackedPhase, what: string, beat: string | null): number {
  const now = performance.now()
  if (each.missing?.what !== what || each.missing.beat !== beat) each.missing = { what, since: now, beat }
  return now - each.missing.since
}

/** Writes a line into the log of a tracked phase and its run. */
export function note(
  recorder: Pick<Recorder, 'log'>,
  { run, phase }: TrackedPhase,
  { message, level = 'warning' }: { message: string; level?: 'info' | 'warning' },
): void {
  recorder.log({ level, run: run.id, phase: phase.id, message })
}

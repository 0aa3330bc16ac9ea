import type { HostChange } from '../../../../shared/phases/events.ts'
import type { LogLine } from '../../../../shared/runs/runs.ts'
import { visibleLines } from '../../../../shared/text/visible.ts'
import type { Store } from '../../../store/open.ts'
import type { EventLog } from './event-log.ts'
import { createTrainingRecorder, type TrainingRecorder } from './training-recorder.ts'

export interface RecorderOptions {
  store: Store
  events: EventLog
  now: () => number
}

/** Turns what happens into rows of the store and events for its followers, in that order. */
export interface Recorder {
  now(): number
  /** Tells followers how these runs are now. */
  runs(ids: readonly string[]): void
  /** As `runs`, for every run that has this phase. */
  runsOf(phaseId: string): void
  /** Line breaks of the message stay; other characters that steer a terminal, or that nobody sees, become visible. */
  log(line: Omit<LogLine, 'id' | 'at'>): void
  trainer: TrainingRecorder
  /** Does what `work` records as one: after a kill all of it is in the store, or none. Followers are told when it is. */
  asOne(work: () => void): void
}

export function createRecorder({ store, events, now }: RecorderOptions): Recorder {
  let held: HostChange[] | null = null
  const publish = (change: HostChange) => (held === null ? events.publish(change) : void held.push(change))
  const runs = (ids: readonly string[]) => {
    for (const run of store.summaries.of(ids)) publish({ type: 'run', run })
  }
  const runsOf = (phaseId: string) => runs(store.runs.ofPhase(phaseId).map(({ id }) => id))
  const log: Recorder['log'] = (line) => {
    const message = visibleLines(line.message).join('\n')
    publish({ type: 'log', line: store.logLines.add({ ...line, message, at: now() }) })
  }
  const asOne: Recorder['asOne'] = (work) => {
    const changes: HostChange[] = (held = [])
    try {
      store.transaction(work)
    } finally {
      held = null
    }
    changes.forEach(events.publish)
  }
  const recorder = { now, runs, runsOf, log }
  return { ...recorder, asOne, trainer: createTrainingRecorder({ store, publish, ...recorder }) }
}

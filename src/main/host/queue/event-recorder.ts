import type { LogLine } from '../../../shared/runs.ts'
import type { Store } from '../../store/open.ts'
import type { EventLog } from '../event-log.ts'
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
  log(line: Omit<LogLine, 'id' | 'at'>): void
  trainer: TrainingRecorder
}

export function createRecorder({ store, events, now }: RecorderOptions): Recorder {
  const runs = (ids: readonly string[]) => {
    for (const run of store.summaries.of(ids)) events.publish({ type: 'run', run })
  }
  const runsOf = (phaseId: string) => runs(store.runs.ofPhase(phaseId).map(({ id }) => id))
  const log: Recorder['log'] = (line) => {
    events.publish({ type: 'log', line: store.logLines.add({ ...line, at: now() }) })
  }
  const recorder = { now, runs, runsOf, log }
  return { ...recorder, trainer: createTrainingRecorder({ store, events, ...recorder }) }
}

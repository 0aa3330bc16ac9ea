import type PQueue from 'p-queue'
import type { DatasetMemory, NetworkFiles, WeightsMemory } from '../data/kept-descriptions.ts'
import type { EventLog } from '../queue/events/event-log.ts'
import type { Recorder } from '../queue/events/event-recorder.ts'
import type { Scheduler } from '../queue/scheduler.ts'
import type { WorkLoop } from '../queue/work-loop.ts'
import type { WorkspaceServices } from '../workspace/services.ts'

/** Services for experiments that are planned, added and controlled. */
export interface ExperimentServices extends WorkspaceServices {
  events: EventLog
  recorder: Recorder
  /** The scheduler; a no-op in hosts that do not train. */
  scheduler: Pick<Scheduler, 'wake' | 'revive' | 'release'>
  /** The queue of analyses, which wait for runs that are restored. */
  analysisQueue: Pick<WorkLoop, 'wake'>
  datasets: DatasetMemory
  weights: WeightsMemory
  networkFiles: NetworkFiles
  /** Additions of experiments and removals of runs, which take their turns. */
  catalogue: PQueue
}

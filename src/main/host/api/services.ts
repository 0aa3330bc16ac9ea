import type PQueue from 'p-queue'
import type { DeviceReport } from '../../../shared/phases/device.ts'
import type { HostAsSeen } from '../../../shared/basics/host-words.ts'
import type { ExecutorName } from '../../../shared/phases/executor.ts'
import type { Slurm } from '../../execution/executors/slurm/client.ts'
import type { Store } from '../../store/open.ts'
import type { WhyMoved } from '../../store/place.ts'
import type { AnalysisQueue } from '../analyses/queue.ts'
import type { AnalysisRecorder } from '../analyses/progress-recorder.ts'
import type { DatasetMemory, WeightsMemory, NetworkFiles } from '../data/kept-descriptions.ts'
import type { EvaluationReader } from '../comparison/evaluation/evaluation-reader.ts'
import type { EventLog } from '../queue/events/event-log.ts'
import type { LiveSettings } from '../workspace/live-settings.ts'
import type { Environment } from '../../../files/user-folders.ts'
import type { Recorder } from '../queue/events/event-recorder.ts'
import type { Scheduler } from '../queue/scheduler.ts'
import type { SamplePictures } from '../data/sample-pictures.ts'
import type { TrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'

/** Services for the procedures of the API. */
export interface HostServices {
  store: Store
  whyMoved: WhyMoved
  events: EventLog
  recorder: Recorder
  /** The scheduler; a no-op in hosts that do not train. */
  scheduler: Pick<Scheduler, 'wake' | 'revive' | 'release'>
  analysisRecorder: AnalysisRecorder
  analysisQueue: Omit<AnalysisQueue, 'idle' | 'close'>
  trainers: TrainerJobs
  datasets: DatasetMemory
  weights: WeightsMemory
  networkFiles: NetworkFiles
  pictures: SamplePictures
  evaluations: EvaluationReader
  settings: LiveSettings
  slurm: Slurm
  /** Additions of experiments and removals of runs, which take their turns. */
  catalogue: PQueue
  environment: Environment
  about: HostAbout
}

interface HostAbout {
  version: string
  /** What trains in this host; the setting may have changed since it was opened. */
  executor: ExecutorName
  /** Null when only the store is being read. */
  host: (HostAsSeen & { startedAt: number }) | null
  /** Device of the trainer; null before the first one has started. */
  device: DeviceReport | null
}

import type { HostAsSeen } from '../../../shared/basics/host-words.ts'
import type { DeviceReport } from '../../../shared/phases/device.ts'
import type { ExecutorName } from '../../../shared/phases/executor.ts'
import type { Environment } from '../../../files/user-folders.ts'
import type { TrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'
import type { Store } from '../../store/open.ts'
import type { LiveSettings } from './live-settings.ts'

/** Services for what is asked of the workspace and its machine. */
export interface WorkspaceServices {
  store: Store
  trainers: TrainerJobs
  settings: LiveSettings
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

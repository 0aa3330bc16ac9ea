import type { TrainerJob } from '../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../src/shared/phases/trainer-events.ts'

/** What the host under test tells the soak. */
export type HostMessage =
  /** It has the workspace. */
  | { type: 'open' }
  | { type: 'trainer-ended'; pid: number }
  | { type: 'job'; pid: number; job: TrainerJob }
  | { type: 'heard'; pid: number; event: TrainerEvent }
  /** Everything is trained and analysed. */
  | { type: 'worked-through' }
  /** `problems`: what `doctor` finds then. */
  | { type: 'finished'; problems: string[] }

import type { Settings } from '../../../contract/system.ts'
import type { TrainPhaseOptions } from '../../execution/executors/train-phase.ts'
import type { Slurm } from '../../execution/executors/slurm/client.ts'
import type { PhaseProcess } from '../../../shared/phases/phase-processes.ts'
import type { SlurmJobs } from '../../../shared/phases/slurm-jobs.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { FollowOptions } from './depot/follow-phase.ts'
import type { TrackedPhase, TrackedPhases } from './depot/tracked-phases.ts'

/** A way to have phases trained: one folder beside this file, and a line in executors.ts and in shared/phases/executor.ts. */
export interface ExecutorKind {
  /** Whether phases lie in a depot that this host shares with those that train them; else in the workspace. */
  inDepot: boolean
  create(options: ExecutorOptions): Executor
  /** Whether phases may be trained on a card. */
  mayUseCard(settings: Settings): boolean
  /** The jobs that phases have, and what Slurm says of them. */
  jobs?(phases: readonly string[], at: { slurm: Pick<Slurm, 'queue'>; depot: string | null }): Promise<SlurmJobs>
  /** Who works on phases. */
  processes?(phases: readonly string[], depot: string | null): Promise<PhaseProcess[]>
}

/** What a host gives to its executor. */
export interface ExecutorOptions
  extends FollowOptions, Pick<TrainPhaseOptions, 'pool' | 'checkpointSeconds' | 'retryMilliseconds'> {
  breaker: CircuitBreaker
  slurm: Slurm
  /** As they are at this moment. */
  settings(): Settings
  /** Program and arguments of a job that trains a phase, before `DEPOT ID`. */
  command: readonly string[] | null
}

/** How the phases of a depot get what trains them. */
export interface Executor {
  /** Follows phases, and sees to it that they are trained. @returns what their user has to know; null: nothing. */
  attend(tracked: TrackedPhases, depot: string): Promise<Complaint | 'as before' | null>
  /** Sees to phases that none needs any more. @returns those that it is not done with. */
  withdraw(dropped: readonly TrackedPhase[], depot: string): Promise<TrackedPhase[]>
  /** So many phases it trains at once; left out: as many as there are. */
  most?(): number
  /** Ends what it does itself, with checkpoints: nothing can be recorded any more, or the host closes. */
  rest?(): Promise<void>
}

export interface Complaint {
  message: string
  /** What it is about. */
  phases: readonly TrackedPhase[]
  /** For the log of a run that waits for a phase. */
  toRun: (each: TrackedPhase) => string
}

import type { SlurmSettings } from '../../../../shared/slurm-settings.ts'
import { ExitlabError } from '../../../../shared/error.ts'
import type { CircuitBreaker } from '../circuit-breaker.ts'
import { createJobSubmitter, type JobSubmitterOptions } from './job-submitter.ts'
import { neededPhases } from './needed-phases.ts'
import { taskOrRefusal } from '../choose-tasks.ts'
import { completeRun, failRun } from '../run-states.ts'
import { followPhase, type FollowOptions } from './follow-phase.ts'
import { createPollRounds } from './poll-rounds.ts'
import type { Scheduler } from '../scheduler.ts'
import { createTrackedPhases, type TrackedPhase } from './tracked-phases.ts'

export interface SlurmSchedulerOptions extends JobSubmitterOptions, Pick<FollowOptions, 'summarise'> {
  breaker: CircuitBreaker
}

/**
 * Has phases trained by jobs of Slurm, and follows their folders. Nothing but what lies in the depot is needed to go on: the host may
 * end at any time, and several may want the same phases.
 */
export function createSlurmScheduler(options: SlurmSchedulerOptions): Scheduler {
  const { store, recorder, breaker, slurm, summarise, settings, pollMilliseconds } = options
  const tracked = createTrackedPhases()
  const submitter = createJobSubmitter(options)
  const rounds = createPollRounds({ breaker, pollMilliseconds, work, isDone: tracked.isEmpty, complain })
  const following = { store, recorder, slurm, summarise, isClosed: rounds.isClosed, settled }
  /** Whether runs were queued, finished or withdrawn since the last look at them. */
  let changed = true
  let complaint: string | null = null

  async function work(): Promise<void> {
    const dropped = changed ? update() : []
    if (dropped.length > 0) await submitter.withdraw(dropped, depotOf(settings()))
    if (tracked.isEmpty()) return
    const depot = depotOf(settings())
    const queue = await slurm.queue()
    for (const each of tracked.all()) await followPhase(each, { depot, queue }, following)
    await submitter.submit(tracked.all(), depot)
    if (changed) await work()
  }

  /** Finds the phases that waiting runs need. @returns those with jobs that none needs any more. */
  function update(): TrackedPhase[] {
    changed = false
    for (const run of store.runs.complete()) completeRun(options, run)
    for (const run of [...store.runs.waiting()]) {
      const { error } = taskOrRefusal(store, run)
      if (error) failRun(options, run, error)
    }
    return tracked.update(neededPhases(store))
  }

  function settled(each: TrackedPhase): void {
    tracked.remove(each)
    changed = true
  }

  /** Says once why jobs are not submitted or followed. */
  function complain(message: string | null): void {
    if (message === complaint) return
    complaint = message
    if (message === null) return
    recorder.log({ level: 'warning', run: null, phase: null, message })
    // Nothing else could tell the run why it waits.
    for (const run of tracked.runs())
      recorder.log({ level: 'warning', run, phase: null, message: `Waiting: ${message}` })
  }

  function wake(): void {
    rounds.reset()
    changed = true
    rounds.wake()
  }

  breaker.add({ halt: rounds.halt, resume: wake })

  return {
    wake,
    revive() {
      if (!rounds.isClosed()) breaker.end()
    },
    async release(runId) {
      changed = true
      await rounds.next()
      recorder.runs([runId])
    },
    idle: rounds.idle,
    close: rounds.close,
  }
}

function depotOf({ depot }: SlurmSettings): string {
  if (depot !== null) return depot
  throw new ExitlabError(
    'usage',
    'Slurm needs a depot, a folder that this machine and the nodes share. Set one, such as /nfs/you/depot.',
    { command: ['settings', 'slurm.depot=/nfs/you/depot'] },
  )
}

import type { SlurmSettings } from '../../../../shared/slurm-settings.ts'
import { ExitlabError } from '../../../../shared/error.ts'
import { firstOf } from '../../../../shared/format/lists.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import type { CircuitBreaker } from '../circuit-breaker.ts'
import { createJobSubmitter, type JobSubmitterOptions } from './job-submitter.ts'
import { neededPhases } from './needed-phases.ts'
import { taskOrRefusal } from '../choose-tasks.ts'
import { completeRun, failRun } from '../run-states.ts'
import { concludeJob, followPhase, type EndedEarly, type FollowOptions } from './follow-phase.ts'
import { createPollRounds } from './poll-rounds.ts'
import type { Scheduler } from '../scheduler.ts'
import { createTrackedPhases, type TrackedPhase } from './tracked-phases.ts'

export interface SlurmSchedulerOptions
  extends Omit<JobSubmitterOptions, 'stop' | 'patienceMilliseconds'>, Pick<FollowOptions, 'summarise'> {
  breaker: CircuitBreaker
  /** Default: a minute. */
  patienceMilliseconds?: number
}

/**
 * Has phases trained by jobs of Slurm, and follows their folders. Nothing but what lies in the depot is needed to go on: the host may
 * end at any time, and several may want the same phases.
 */
export function createSlurmScheduler(given: SlurmSchedulerOptions): Scheduler {
  const ending = new AbortController()
  const options = { patienceMilliseconds: 60_000, ...given, stop: ending.signal }
  const { store, recorder, breaker, slurm, settings, pollMilliseconds, stop } = options
  const tracked = createTrackedPhases()
  const submitter = createJobSubmitter(options)
  const rounds = createPollRounds({ breaker, pollMilliseconds, ending, work, isDone, complain })
  const following = { ...options, settled }
  /** Whether runs were queued, finished or withdrawn since the last look at them. */
  let changed = true
  /** Those that none needs any more, until they have no job. */
  let dropped: TrackedPhase[] = []
  let complaint: string | null = null

  async function work(): Promise<void> {
    if (changed) update()
    if (dropped.length > 0) dropped = await submitter.withdraw(dropped, depotOf(settings()))
    if (tracked.isEmpty()) return
    const view = { depot: depotOf(settings()), listing: await slurm.queue(stop) }
    const ended: EndedEarly[] = []
    for (const each of tracked.all()) {
      const early = await followPhase(each, view, following)
      if (early !== null) ended.push(early)
    }
    if (ended.length > 0 || tracked.all().some(({ job }) => job === null))
      // While another host is at it, whatever it leaves to be done is done in the next round.
      await submitter.whileOwned(view.depot, async () => {
        for (const each of ended) await concludeJob(each, view.depot, following)
        await submitter.submit(tracked.all(), view)
      })
    if (changed) await work()
  }

  /** Whether nothing is left to be followed or cancelled. */
  function isDone(): boolean {
    return tracked.isEmpty() && dropped.length === 0
  }

  /** Finds the phases that waiting runs need. */
  function update(): void {
    changed = false
    for (const run of store.runs.complete()) completeRun(options, run)
    for (const run of [...store.runs.waiting()]) {
      const { error } = taskOrRefusal(store, run)
      if (error) failRun(options, run, error)
    }
    dropped.push(...tracked.update(neededPhases(store)))
    // Some may be needed again before their jobs are cancelled. Without a depot nothing was submitted.
    const isDropped = ({ phase, job }: TrackedPhase) =>
      !tracked.has(phase.id) && (job !== null || settings().depot !== null)
    dropped = dropped.filter(isDropped)
  }

  function settled(each: TrackedPhase): void {
    tracked.remove(each)
    changed = true
  }

  /** Says once why jobs are not submitted or followed. */
  function complain(message: string | null): void {
    // A call of sbatch that failed is repeated only some rounds later.
    const unsure = tracked.all().some(({ job, missing }) => job === null && missing !== null)
    if (message === complaint || (message === null && unsure)) return
    complaint = message
    if (message === null) return
    const runs = tracked.runs()
    const told = runs.size === 0 ? message : `${message}\n${waitingFor([...runs.values()])}`
    recorder.log({ level: 'warning', run: null, phase: null, message: told })
    // Nothing else could tell the run why it waits.
    for (const run of runs.keys())
      recorder.log({ level: 'info', run, phase: null, message: `Waiting, and trying again: ${message}` })
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
      if (!stop.aborted) breaker.end()
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

/** Names so many runs of those that wait. */
const mostNamed = 3

function waitingFor(runs: readonly string[]): string {
  return `It is tried again. ${plural(runs.length, 'run is', 'runs are')} waiting: ${firstOf(runs, mostNamed)}.`
}

function depotOf({ depot }: SlurmSettings): string {
  if (depot !== null) return depot
  throw new ExitlabError(
    'usage',
    'Slurm needs a depot, a folder that this machine and the nodes share. Set one, such as /nfs/you/depot.',
    { command: ['settings', 'slurm.depot=/nfs/you/depot'] },
  )
}

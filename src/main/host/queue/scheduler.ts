import { ExitlabError } from '../../../shared/basics/error.ts'
import { firstOf } from '../../../shared/format/lists.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { refuseOtherDepot } from '../../execution/depot/depot.ts'
import type { FollowOptions } from './depot/follow-phase.ts'
import type { Complaint, Executor } from './executor.ts'
import { neededPhases } from './depot/needed-phases.ts'
import { createPollRounds, type PollRoundsOptions } from './depot/poll-rounds.ts'
import { createTrackedPhases, type TrackedPhase } from './depot/tracked-phases.ts'
import { completeRun, failRun } from './run-states.ts'
import type { WorkLoop } from './work-loop.ts'

interface SchedulerOptions
  extends
    Pick<PollRoundsOptions, 'breaker' | 'pollMilliseconds'>,
    Pick<FollowOptions, 'store' | 'recorder' | 'summarise' | 'parallel'> {
  /** Folder of the depot; null: none is set. */
  depot: () => string | null
  executor(following: FollowOptions): Executor
  /** Default: a minute. */
  patienceMilliseconds?: number
}

/** Has the phases of queued runs trained. `close` queues running runs again. */
export interface Scheduler extends Pick<WorkLoop, 'wake' | 'revive' | 'idle' | 'close'> {
  /** Lets go of what only these runs needed, which are to be trained no longer: their phases stop with checkpoints. */
  release(runs: readonly string[]): Promise<void>
}

/**
 * Has phases trained in a depot, and follows their folders. Nothing but what lies in the depot is needed to go on: the host may end at
 * any time, and several may want the same phases.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const ending = new AbortController()
  const { store, recorder, breaker, pollMilliseconds } = options
  const { signal: stop } = ending
  const tracked = createTrackedPhases()
  const rounds = createPollRounds({ breaker, pollMilliseconds, ending, work, isDone, complain })
  const again = () => void rounds.next()
  const executor = options.executor({ patienceMilliseconds: 60_000, ...options, stop, settled, again })
  /** Whether runs were queued, finished or withdrawn since the last look at them. */
  let changed = true
  /** Those that none needs any more, until the executor is done with them. */
  let dropped: TrackedPhase[] = []
  let told: string | null = null

  async function work(): Promise<void> {
    if (changed) update()
    if (dropped.length > 0) dropped = await executor.withdraw(dropped, depot())
    // Meanwhile the host may have begun to close, or the store may have failed: nobody would wait for what is begun now.
    if (stop.aborted || breaker.reason() !== null) return
    if (tracked.isEmpty()) return tell(null)
    const complaint = await executor.attend(tracked, depot())
    if (changed) return work()
    if (complaint !== 'as before') tell(complaint)
  }

  /** Whether nothing is left to be followed or withdrawn. */
  function isDone(): boolean {
    return tracked.isEmpty() && dropped.length === 0
  }

  /** Finds the phases that waiting runs need. */
  function update(): void {
    changed = false
    for (const run of store.runs.complete()) completeRun(options, run)
    const { phases, refused } = neededPhases(store, { known: tracked, most: executor.most?.() })
    for (const { run, error } of refused) failRun(options, run, error)
    dropped.push(...tracked.update(phases))
    // Some may be needed again before they are withdrawn. Without a depot nothing was submitted.
    const isDropped = ({ phase, job }: TrackedPhase) =>
      !tracked.has(phase.id) && (job !== null || options.depot() !== null)
    dropped = dropped.filter(isDropped)
  }

  function settled(each: TrackedPhase): void {
    tracked.remove(each)
    changed = true
  }

  /** Says why a round failed, after which another one is tried. */
  function complain(message: string): void {
    const toRun = () => `Waiting, and trying again: ${message}`
    tell({ message: `${message}\nIt is tried again.`, phases: tracked.all(), toRun })
  }

  /** Says something once, until there is something else to say or nothing. */
  function tell(complaint: Complaint | null): void {
    const message = complaint?.message ?? null
    const isNew = message !== told
    told = message
    if (complaint === null || !isNew) return
    const runs = new Map(complaint.phases.toReversed().map((each) => [each.run.id, each]))
    const names = [...runs.values()].map(({ run }) => run.name).reverse()
    const waiting = names.length === 0 ? '' : ` ${waitingFor(names)}`
    recorder.log({ level: 'warning', run: null, phase: null, message: `${complaint.message}${waiting}` })
    // Nothing else could tell the run why it waits.
    for (const [run, each] of runs) recorder.log({ level: 'info', run, phase: null, message: complaint.toRun(each) })
  }

  function depot(): string {
    const folder = options.depot()
    if (folder !== null) {
      refuseOtherDepot(folder)
      return folder
    }
    throw new ExitlabError(
      'usage',
      'A depot is needed, a folder that this machine shares with those that train. Set one, such as /nfs/you/depot.',
      { command: ['settings', 'depot=/nfs/you/depot'] },
    )
  }

  function wake(): void {
    rounds.reset()
    changed = true
    rounds.wake()
  }

  async function halt(): Promise<void> {
    await executor.rest?.()
    rounds.halt()
  }

  breaker.add({ halt: () => void halt(), resume: wake })

  return {
    wake,
    revive() {
      if (!stop.aborted) breaker.end()
    },
    async release(runs) {
      changed = true
      await rounds.next()
      recorder.runs(runs)
    },
    idle: rounds.idle,
    async close() {
      ending.abort()
      await executor.rest?.()
      await rounds.close()
    },
  }
}

/** Names so many runs of those that wait. */
const mostNamed = 3

function waitingFor(runs: readonly string[]): string {
  return `${plural(runs.length, 'run is', 'runs are')} waiting: ${firstOf(runs, mostNamed)}.`
}

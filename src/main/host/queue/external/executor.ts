import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ExitlabError, type Failure } from '../../../../shared/basics/error.ts'
import { duration } from '../../../../shared/format/times.ts'
import type { PhaseProcess } from '../../../../shared/phases/phase-processes.ts'
import type { TimedEvent } from '../../../execution/depot/events.ts'
import { makeDepot, phaseFolder } from '../../../execution/depot/depot.ts'
import { whileOwned } from '../../../execution/depot/owner.ts'
import { beatOf, ownerInWords } from '../../../execution/depot/watch-owner.ts'
import { jobName } from '../../../execution/depot/phase-job.ts'
import { followEvents } from '../depot/follow-events.ts'
import { collectPhase, failPhase, setRunning, type FollowOptions } from '../depot/follow-phase.ts'
import { canBegin } from '../depot/needed-phases.ts'
import { preparePhase } from '../depot/prepare-phase.ts'
import { readFolders } from '../depot/read-folders.ts'
import type { Complaint, Executor } from '../executor.ts'
import { missingFor, note, type TrackedPhase, type TrackedPhases } from '../depot/tracked-phases.ts'

/**
 * Leaves the training to others, such as make, Snakemake, Kubernetes or people: writes the folders of phases, follows them, and takes
 * their results. Nothing is ever believed dead: where nobody has shown himself for a while, it says so and waits.
 */
export function createExternalExecutor(options: FollowOptions): Executor {
  const { store, recorder, patienceMilliseconds, stop } = options
  /** Ids of phases whose folders are written. */
  const prepared = new Set<string>()
  /** Why the last attempts at phases failed, until somebody makes another one. */
  const failures = new Map<string, Failure>()

  async function prepare(tracked: TrackedPhases, depot: string): Promise<void> {
    if (prepared.size > 0 && !existsSync(depot)) throw gone(depot)
    const isReady = ({ phase: { id } }: TrackedPhase) =>
      prepared.has(id) && existsSync(join(phaseFolder(depot, id), jobName))
    const open = tracked.all().filter((each) => !isReady(each))
    if (open.length === 0) return
    makeDepot(depot)
    await whileOwned(depot, { what: `The depot ${depot}`, job: null, abandon: stop }, async () => {
      for (const each of open) {
        await preparePhase(each, { store, depot })
        prepared.add(each.phase.id)
      }
    })
  }

  /** Follows a phase. @returns whether it could be trained and nobody has shown himself for a while. */
  async function isLeftAlone(each: TrackedPhase, depot: string): Promise<boolean> {
    const { id } = each.phase
    if (!prepared.has(id) || !canBegin(store, each.phase)) return false
    const folder = phaseFolder(depot, id)
    heed(each, await followEvents(each, { ...options, folder }))
    if (await collectPhase(each, depot, options)) return false
    const beat = await beatOf(folder)
    const isSilent = missingFor(each, 'process', beat) >= patienceMilliseconds
    setRunning(each, beat !== null && !isSilent, options)
    const failure = failures.get(id)
    if (!isSilent || failure === undefined) return isSilent
    failures.delete(id)
    failPhase(each, failure, options)
    return false
  }

  /** Another attempt may follow one that failed, as make and Kubernetes make several. */
  function heed(each: TrackedPhase, events: readonly TimedEvent[]): void {
    for (const event of events) {
      if (event.type === 'taken') failures.delete(each.phase.id)
      if (event.type !== 'failed') continue
      const { code, message } = event
      note(recorder, each, { message: `An attempt failed: ${message}` })
      // Damaged weights of its parent were set aside, and are brought once more.
      if (code === 'checkpoint-damaged') prepared.delete(each.phase.id)
      else failures.set(each.phase.id, { code, message })
    }
  }

  return {
    async attend(tracked, depot) {
      await prepare(tracked, depot)
      const phases: TrackedPhase[] = []
      for (const each of tracked.all()) if (await isLeftAlone(each, depot)) phases.push(each)
      return phases.length === 0 ? null : nobodyTrains(phases, { depot, seconds: patienceMilliseconds / 1000 })
    },

    async withdraw(dropped) {
      for (const each of dropped) {
        prepared.delete(each.phase.id)
        failures.delete(each.phase.id)
        setRunning(each, false, options)
      }
      return []
    },
  }
}

/** Who works on phases, as their folders in the depot say. */
export async function phaseProcesses(phases: readonly string[], depot: string | null): Promise<PhaseProcess[]> {
  if (depot === null) return phases.map((phase) => ({ phase, process: null }))
  const read = await readFolders(depot, phases, ownerInWords)
  return read.map(({ phase, found }) => ({ phase, process: found }))
}

function nobodyTrains(
  phases: readonly TrackedPhase[],
  { depot, seconds }: { depot: string; seconds: number },
): Complaint {
  const since = duration(seconds)
  return {
    message:
      `In the depot ${depot}, no process has worked for ${since} on phases that could be trained. ` +
      'Start what trains them; they are followed as soon as a process takes them up.',
    phases,
    toRun: ({ phase }) =>
      `No process has worked on “${phase.definition.phase.name}” for ${since}. train-phase ${depot} ${phase.id} trains it.`,
  }
}

function gone(depot: string): ExitlabError {
  return new ExitlabError('disk', `The depot ${depot} is gone. Is its file system mounted?`)
}

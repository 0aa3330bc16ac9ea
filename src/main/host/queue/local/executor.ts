import { join } from 'node:path'
import { parentOf } from '../../../../contract/experiment/phase-definition.ts'
import type { TrainerEvent } from '../../../../shared/phases/trainer-events.ts'
import { phaseFolder } from '../../../execution/depot/depot.ts'
import { readResults } from '../../../execution/depot/phase-results.ts'
import { trainPhase, type TrainPhaseOptions } from '../../../execution/executors/train-phase.ts'
import { finalName } from '../../../../files/checkpoint-manifest.ts'
import { followEvents } from '../depot/follow-events.ts'
import { collectPhase, failPhase, setRunning } from '../depot/follow-phase.ts'
import { canBegin } from '../depot/needed-phases.ts'
import { preparePhase } from '../depot/prepare-phase.ts'
import type { TrackedPhase } from '../depot/tracked-phases.ts'
import { recordTrained, taskFailure } from '../outcomes.ts'
import { putBackRun } from '../run-states.ts'
import type { Executor, ExecutorOptions } from '../executor.ts'
import { isTrained } from '../trained-phases.ts'

type LocalExecutorOptions = Omit<ExecutorOptions, 'slurm' | 'settings' | 'command'>

/** A phase that is being trained. */
interface Work {
  each: TrackedPhase
  /** Asks it to end with a checkpoint. */
  stop: AbortController
  ended: Promise<void>
}

/** Trains phases by trainers of this host, in the order of the queue, as many at once as may be. */
export function createLocalExecutor(options: LocalExecutorOptions): Executor {
  const { store, recorder, breaker, parallel, again } = options
  const working = new Map<string, Work>()
  /** Ids of phases whose initial weights were damaged, and are trained again. */
  const repaired = new Set<string>()

  function begin(each: TrackedPhase, depot: string): void {
    const stop = new AbortController()
    const work: Work = { each, stop, ended: Promise.resolve() }
    working.set(each.phase.id, work)
    work.ended = perform(each, { depot, stop: AbortSignal.any([stop.signal, options.stop]) })
  }

  async function perform(each: TrackedPhase, place: Place): Promise<void> {
    try {
      await train(each, place).catch((error: unknown) => conclude(each, place, error))
    } catch (error) {
      breaker.begin(error)
    }
    working.delete(each.phase.id)
    each.running = null
    // Else its events are read again in the next round but one.
    if (each.lacksEpochsSince === null) again()
  }

  /** Trains a phase, unless its folder has the results, and takes these. */
  async function train(each: TrackedPhase, { depot, stop }: Place): Promise<void> {
    const { id } = each.phase
    await preparePhase(each, { store, depot })
    // What a host that was killed has not recorded.
    await followEvents(each, { ...options, folder: phaseFolder(depot, id), isOwn: true })
    const heard: TrainPhaseOptions['heard'] = (event, end) => hear(each, event, end)
    const now = recorder.now
    const end = await trainPhase({ ...options, depot, phaseId: id, job: null, isLocal: true, now, stop, heard })
    repaired.delete(id)
    if (end === 'requeue') setRunning(each, false, options)
    else await collectPhase(each, depot, options)
  }

  /** Records an event, and up to where its folder's events have it, as one: a kill repeats or loses none. */
  function hear(each: TrackedPhase, event: TrainerEvent, end: number | null): void {
    const { phase, run } = each
    const isKnown = () => isTrained(store.phases.get(phase.id)!)
    if (event.type === 'trained') return isKnown() ? undefined : recordTrained(options, phase, event)
    const about = { run: each.running ?? run.id, phase }
    if (end === null) return recorder.trainer(event, about)
    recorder.asOne(() => {
      // Its weights were damaged before they were evaluated.
      if (event.type === 'started' && isKnown()) reopen(each)
      recorder.trainer(event, about)
      store.phases.setEventsRead(phase.id, end)
    })
  }

  function reopen({ phase: { id } }: TrackedPhase): void {
    store.phases.reopen(id)
    store.phases.setStatus(id, 'running')
  }

  /** @throws the error if the store failed. */
  async function conclude(each: TrackedPhase, { depot }: Place, error: unknown): Promise<void> {
    // It is queued again when the queues are resumed.
    if (breaker.reason() !== null) return
    const failure = taskFailure(error)
    const parent = parentOf(each.phase.definition)
    const hasStart = parent === null || (await readResults(phaseFolder(depot, parent))).weights !== null
    if (hasStart) failPhase(each, failure, options)
    // Damaged ones were set aside.
    else trainAgain(parent, each, failure.code === 'checkpoint-damaged' ? failure.message : lostIn(depot, parent))
  }

  /** The phase that a phase starts from is trained again, with the same weights, once. */
  function trainAgain(parent: string, each: TrackedPhase, message: string): void {
    const { phase } = each
    if (repaired.has(phase.id)) {
      const failure = `${message} Training the phase again did not help.`
      return failPhase(each, { code: 'checkpoint-damaged', message: failure }, options)
    }
    repaired.add(phase.id)
    store.transaction(() => {
      store.phases.reopen(parent)
      if (!isTrained(store.phases.get(phase.id)!)) store.phases.setStatus(phase.id, 'queued')
    })
    const again = `${message} Its phase is trained again.`
    recorder.log({ level: 'warning', run: each.run.id, phase: parent, message: again })
    recorder.runsOf(parent)
    options.settled(each)
  }

  async function end(works: readonly Work[]): Promise<void> {
    for (const { stop } of works) stop.abort()
    await Promise.all(works.map(({ ended }) => ended))
  }

  return {
    async attend(tracked, depot) {
      const most = parallel()
      for (const each of tracked.all()) {
        const isAt = working.has(each.phase.id)
        if (!isAt && working.size < most && canBegin(store, each.phase)) begin(each, depot)
        if (working.has(each.phase.id)) setRunning(each, true, options)
      }
      // A run whose phase has just ended still has the status `running`.
      const at = new Set([...working.values()].map(({ each }) => each.running))
      for (const run of store.runs.withStatus('running')) if (!at.has(run.id)) putBackRun(options, run)
      return null
    },

    async withdraw(dropped) {
      await end(dropped.flatMap(({ phase }) => working.get(phase.id) ?? []))
      return []
    },

    most: parallel,

    rest: () => end([...working.values()]),
  }
}

interface Place {
  depot: string
  stop: AbortSignal
}

const lostIn = (depot: string, parent: string) => `${join(phaseFolder(depot, parent), finalName)} is missing.`

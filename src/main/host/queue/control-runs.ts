import { requireMethods } from '../../../contract/experiment/stored-methods.ts'
import { damageOf } from '../../../files/verified-file.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { phaseFiles, type PhaseFile } from '../runs/phase-files.ts'
import type { Recorder } from './events/event-recorder.ts'
import { requeue } from './run-states.ts'
import type { Scheduler } from './scheduler.ts'

interface Services {
  store: Store
  recorder: Recorder
  scheduler: Pick<Scheduler, 'wake' | 'revive' | 'release'>
}

/** Ends the work for runs with a checkpoint. */
export async function haltRuns(
  { store, scheduler, recorder }: Services,
  runs: readonly string[],
  status: 'paused' | 'stopped',
): Promise<void> {
  store.transaction(() => runs.forEach((id) => store.runs.setStatus(id, status)))
  recorder.runs(runs)
  await scheduler.release(runs)
}

/** Queues those again that are paused, stopped or failed. @returns how many. */
export function wakeUp(services: Services, runs: readonly string[]): number {
  const asleep = runs.filter((id) => ['paused', 'stopped', 'failed'].includes(services.store.runs.get(id)!.status))
  if (asleep.length > 0) queueAgain(services, asleep)
  return asleep.length
}

/** Puts runs back into the queue. @returns them as they wait there. */
export function queueAgain({ store, scheduler, recorder }: Services, runs: readonly string[]): RunSummary[] {
  scheduler.revive()
  store.transaction(() => runs.forEach((id) => requeue(store, id)))
  recorder.runs(runs)
  const queued = store.summaries.of(runs)
  scheduler.wake()
  return queued
}

/** Moves runs within the queue, before another one or to an end, by reassigning positions. Returns the ids of runs whose position changed. */
export function moveRuns(store: Store, runs: readonly RunRow[], to: 'front' | 'back' | string): string[] {
  const queue = store.runs.withStatus('queued', 'running', 'paused', 'stopped', 'failed')
  const moved = new Set(runs.map(({ id }) => id))
  const waiting = new Set(queue.map(({ id }) => id))
  const outside = runs.find(({ id }) => !waiting.has(id))
  if (outside) throw new ExitlabError('conflict', `${outside.name} is ${outside.status}: it is not in the queue.`)
  const rest = queue.filter(({ id }) => !moved.has(id))
  const position = positionIn(rest, to)
  const ordered = [...rest.slice(0, position), ...queue.filter(({ id }) => moved.has(id)), ...rest.slice(position)]
  const changed = ordered.flatMap(({ id, position }, index) => {
    const next = queue[index]!.position
    return next === position ? [] : [{ id, position: next }]
  })
  store.transaction(() => changed.forEach(({ id, position }) => store.runs.setPosition(id, position)))
  return changed.map(({ id }) => id)
}

function positionIn(rest: readonly RunRow[], to: 'front' | 'back' | string): number {
  if (to === 'front') return 0
  if (to === 'back') return rest.length
  const position = rest.findIndex(({ id }) => id === to)
  if (position >= 0) return position
  throw new ExitlabError('conflict', `Runs cannot be moved before ${to}: it is done, or it is one of the moved runs.`)
}

/**
 * Queues finished runs again whose weights or evaluation are damaged; training or evaluating them again gives the same result.
 * Reads every file, once even if several runs share it. @throws as `damageOf`: nothing is queued then.
 */
export async function reopenDamaged(
  { store, recorder }: Pick<Services, 'store' | 'recorder'>,
  runs: readonly RunRow[],
): Promise<void> {
  const faults = new Map<string, Promise<string | null>>()
  const faultIn = ({ kind, phase, fault }: PhaseFile) => {
    const key = `${kind} ${phase.id}`
    const known = faults.get(key) ?? fault(damageOf)
    faults.set(key, known)
    return known
  }

  async function reopen(run: RunRow): Promise<void> {
    const chain = store.phases.chain(run.id)
    const evaluation = store.evaluations.get(chain.at(-1)!.id)
    const found: (Omit<PhaseFile, 'fault'> & { fault: string })[] = []
    for (const each of phaseFiles(store, run.id)) {
      const fault = await faultIn(each)
      if (fault !== null) found.push({ ...each, fault })
    }
    if (found.length === 0 && evaluation !== null && chain.every(({ checkpoint }) => checkpoint !== null)) return
    // What cannot be computed again is kept as it is.
    for (const { definition } of chain) requireMethods(definition, run)
    store.transaction(() => {
      for (const each of found) takeBack(store, each)
      requeue(store, run.id)
    })
    for (const { file, fault } of found) {
      const message = `${file} ${fault}. It is computed again.`
      recorder.log({ level: 'warning', run: run.id, phase: null, message })
    }
  }

  for (const run of runs.filter(({ status }) => status === 'done')) await reopen(run)
}

/** An evaluation goes with the weights that it is of. */
function takeBack(store: Store, { kind, phase }: Pick<PhaseFile, 'kind' | 'phase'>): void {
  if (kind === 'weights') store.phases.reopen(phase.id)
  store.evaluations.remove(phase.id)
}

import { join } from 'node:path'
import { eventsName, readEvents, type TimedEvent } from '../../../execution/depot/events.ts'
import { readEpochs } from '../../../execution/depot/missing-epochs.ts'
import type { PhaseResults } from '../../../execution/depot/phase-results.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import { deviceInWords } from '../../../../shared/phases/device.ts'
import { isTrainingEvent } from '../../../../shared/phases/phase-events.ts'
import type { Store } from '../../../store/open.ts'
import type { PhaseRow } from '../../../store/phases.ts'
import type { RunRow } from '../../../store/runs.ts'
import type { Recorder } from '../events/event-recorder.ts'
import { note, type TrackedPhase } from './tracked-phases.ts'

/** For so long a file system may show a file as it was: NFS caches attributes for a minute. */
const cacheMilliseconds = 180_000

interface Followed {
  run: RunRow
  phase: PhaseRow
}

interface FollowedFolder {
  folder: string
  store: Store
  recorder: Recorder
  /** Whether this host trains it: of processes nothing is logged. */
  isOwn?: boolean
}

/** Records new events of a phase's folder, and up to where it was read, as one: a kill repeats or loses no line. @returns them. */
export async function followEvents(
  { run, phase }: Followed,
  { folder, store, recorder, isOwn = false }: FollowedFolder,
): Promise<readonly TimedEvent[]> {
  const from = store.phases.eventsRead(phase.id)
  const { events: all, end } = await readEvents(folder, from)
  const events = isOwn ? all.filter(isTrainingEvent) : all
  if (end === from || store.phases.get(phase.id) === null) return []
  const latest = events.findLast(({ type }) => type === 'progress')
  recorder.asOne(() => {
    for (const event of events)
      if (event.type !== 'progress' || event === latest) record(event, { run, phase }, recorder)
    store.phases.setEventsRead(phase.id, end)
  })
  return events
}

/**
 * Records the epochs of a phase that is trained. @returns which of them have no event that can be read, and in `isFinal` whether there
 * is no use in reading the events again soon; null where they are complete, or were not told at all, which is logged.
 */
export async function lackOfEpochs(each: TrackedPhase, place: FollowedFolder & { results: PhaseResults }) {
  const { untold, missing } = await finishEvents(each, place)
  const { folder, recorder, results } = place
  if (missing.length > 0) {
    const path = join(folder, eventsName)
    const message = `${path} lacks ${missing.length} of ${plural(results.weights!.epoch, 'epoch')}, from epoch ${missing[0]} on, although the phase is trained.`
    if (each.lacksEpochsSince === null)
      note(recorder, each, { message: `${message} It is read again for three minutes.` })
    each.lacksEpochsSince ??= performance.now()
    const isFinal = performance.now() - each.lacksEpochsSince > cacheMilliseconds
    return { message, remedy, isFinal }
  }
  if (untold > 0)
    note(recorder, each, {
      message: `${plural(untold, 'epoch')} of it were trained in a workspace: the depot has no training curves of them.`,
    })
  return null
}

const remedy =
  'A file system that caches attributes may show a file shorter than it is: retry the run later, which reads the file again and ' +
  'trains nothing. If the file is incomplete, remove it: the results are then taken without these training curves.'

/**
 * Records what is left of the events of a trained phase, and epochs that readings before have missed, as they may where a file system
 * caches attributes or pages of files. @returns the epochs that the store lacks then, and those of them that the file should have.
 */
async function finishEvents(
  { run, phase }: Followed,
  { results, ...place }: FollowedFolder & { results: PhaseResults },
): Promise<{ untold: number; missing: number[] }> {
  const { folder, store, recorder } = place
  await followEvents({ run, phase }, place)
  const { told, missing } = await readEpochs(folder, results)
  const { weights } = results
  // Its runs may have been purged meanwhile.
  if (store.phases.get(phase.id) === null || weights === null) return { untold: 0, missing: [] }
  const before = storedEpochs(store, phase)
  recorder.asOne(() => {
    for (const event of told) if (!before.has(event.epoch)) record(event, { run, phase }, recorder)
    // Epochs that were missed come out of their order.
    if (storedEpochs(store, phase).has(weights.epoch)) store.phases.setEpochs(phase.id, weights.epoch)
  })
  const stored = storedEpochs(store, phase)
  return { untold: weights.epoch - stored.size, missing: missing.filter((epoch) => !stored.has(epoch)) }
}

const storedEpochs = (store: Store, { id }: PhaseRow) => new Set(store.epochs.after(id, 0).map(({ epoch }) => epoch))

function record({ at: _, ...event }: TimedEvent, { run, phase }: Followed, recorder: Recorder): void {
  const say = (message: string) => recorder.log({ level: 'info', run: run.id, phase: phase.id, message })
  if (event.type === 'taken')
    say(`${event.job === null ? `Process ${event.pid}` : `Job ${event.job}`} on ${event.host}.`)
  else if (event.type === 'ready') say(`Trained on ${deviceInWords(event.device)}.`)
  else if (event.type === 'paused') say('A checkpoint was written, to be resumed.')
  else if (event.type !== 'failed' && event.type !== 'trained' && event.type !== 'evaluated')
    recorder.trainer(event, { run: run.id, phase })
}

import { join } from 'node:path'
import { plural } from '../../../../shared/format/numbers.ts'
import { eventsName } from '../../../execution/depot/events.ts'
import { finishEvents, type FollowedFolder } from './follow-events.ts'
import type { PhaseResults } from '../../../execution/depot/phase-results.ts'
import { note, type TrackedPhase } from './tracked-phases.ts'

/** For so long a file system may show a file as it was: NFS caches attributes for a minute. */
const cacheMilliseconds = 180_000

/** Which epochs of a trained phase have no event that can be read. */
export interface LackOfEpochs {
  message: string
  remedy: string
  /** Whether there is no use in reading the events again soon. */
  isFinal: boolean
}

/** Records the epochs of a phase that is trained. @returns null where they are complete, or were not told at all, which is logged. */
export async function lackOfEpochs(
  each: TrackedPhase,
  place: FollowedFolder & { results: PhaseResults },
): Promise<LackOfEpochs | null> {
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

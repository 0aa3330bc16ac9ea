import { isTrainingEvent } from '../../../shared/phases/phase-events.ts'
import type { TrainerEvent } from '../../../shared/phases/trainer-events.ts'
import type { EventWriter } from '../depot/events.ts'

const progressMilliseconds = 10_000

/** `end`: where the events of its phase end with it; null: it is not among them. */
export type Heard = (event: TrainerEvent, end: number | null) => void

/** Keeps events that say something of the phase, progress now and then, and passes all on. */
export function createPhaseRecorder(events: EventWriter, heard: Heard): (event: TrainerEvent) => void {
  // Not by the time of day, which may be set back.
  let lastProgress = -Infinity
  const isSoon = ({ type }: TrainerEvent) =>
    type === 'progress' && performance.now() - lastProgress < progressMilliseconds
  return (event) => {
    const isKept = isTrainingEvent(event) && !isSoon(event)
    if (isKept && event.type === 'progress') lastProgress = performance.now()
    heard(event, isKept ? events.append(event) : null)
  }
}

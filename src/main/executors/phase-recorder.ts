import { isTrainingEvent } from '../../shared/phase-events.ts'
import type { TrainerEvent } from '../../shared/trainer-events.ts'
import type { EventWriter } from '../depot/events.ts'

const progressMilliseconds = 10_000

/** Passes events on and keeps those that say something of the phase; progress now and then. */
export function createPhaseRecorder(
  events: EventWriter,
  { heard, now }: { heard: (event: TrainerEvent) => void; now: () => number },
): (event: TrainerEvent) => void {
  let lastProgress = -Infinity
  return (event) => {
    heard(event)
    if (event.type === 'progress') {
      if (now() - lastProgress < progressMilliseconds) return
      lastProgress = now()
    }
    if (isTrainingEvent(event)) events.append(event)
  }
}

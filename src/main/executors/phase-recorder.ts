import type { TrainerEvent } from '../../shared/trainer-events.ts'
import type { EventWriter, PhaseEvent } from '../depot/events.ts'

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
    if (isKept(event)) events.append(event)
  }
}

type KeptEvent = Extract<PhaseEvent, { type: 'ready' | 'started' | 'progress' | 'epoch' | 'log' }>
const keptEvents: ReadonlySet<string> = new Set<KeptEvent['type']>(['ready', 'started', 'progress', 'epoch', 'log'])

function isKept(event: TrainerEvent): event is Extract<TrainerEvent, { type: KeptEvent['type'] }> {
  return keptEvents.has(event.type)
}

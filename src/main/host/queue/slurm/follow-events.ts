import { readEvents, type TimedEvent } from '../../../depot/events.ts'
import type { Store } from '../../../store/open.ts'
import type { PhaseRow } from '../../../store/phases.ts'
import type { RunRow } from '../../../store/runs.ts'
import { deviceInWords } from '../../../../shared/device.ts'
import type { Recorder } from '../event-recorder.ts'

interface Followed {
  run: RunRow
  phase: PhaseRow
}

/** Records new events of a phase's folder; the store keeps the offset. */
export async function followEvents(
  { run, phase }: Followed,
  { folder, store, recorder }: { folder: string; store: Store; recorder: Recorder },
): Promise<void> {
  const from = store.phases.eventsRead(phase.id)
  const { events, end } = await readEvents(folder, from)
  if (end === from || store.phases.get(phase.id) === null) return
  const latest = events.findLast(({ type }) => type === 'progress')
  for (const event of events) if (event.type !== 'progress' || event === latest) record(event, { run, phase }, recorder)
  store.phases.setEventsRead(phase.id, end)
}

function record({ at: _, ...event }: TimedEvent, { run, phase }: Followed, recorder: Recorder): void {
  const say = (message: string) => recorder.log({ level: 'info', run: run.id, phase: phase.id, message })
  if (event.type === 'taken')
    say(`${event.job === null ? `Process ${event.pid}` : `Job ${event.job}`} on ${event.host}.`)
  else if (event.type === 'ready') say(`Trained on ${deviceInWords(event.device)}.`)
  else if (event.type === 'paused') say('A checkpoint was written, to be resumed.')
  else if (event.type !== 'failed' && event.type !== 'trained' && event.type !== 'evaluated')
    recorder.trainer(event, { run: run.id, phase })
}

import { best } from '../../shared/metric.ts'
import { primaryMetric, type OfTask } from '../../shared/task.ts'
import type { LoggedValue } from '../../shared/imported.ts'

/** What is kept of values that were logged over a training, however many. */
export interface Track {
  count: number
  /** At the largest step; of several there the one written last. */
  last: { step: number; value: number }
  /** Of the values that are numbers; null where none is. */
  lowest: number | null
  highest: number | null
}

/** Adds a value to the track of a name. */
export function addTo(tracks: Map<string, Track>, name: string, { step, value }: Track['last']): void {
  const track = tracks.get(name) ?? { count: 0, last: { step, value }, lowest: null, highest: null }
  track.count++
  if (step >= track.last.step) track.last = { step, value }
  if (!Number.isNaN(value)) {
    track.lowest = Math.min(track.lowest ?? value, value)
    track.highest = Math.max(track.highest ?? value, value)
  }
  tracks.set(name, track)
}

/** The last value, or the best that the task's primary metric had; NaN where there is none. */
export function valueOf({ last, lowest, highest }: Track, logged: LoggedValue, of: OfTask): number {
  if (logged === 'last') return last.value
  return lowest === null || highest === null ? NaN : best(primaryMetric(of), [lowest, highest])
}

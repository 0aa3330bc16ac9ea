import { best } from '../../../../shared/methods/metric.ts'
import { primaryMetric, type OfTask } from '../../../../shared/methods/task.ts'
import type { LoggedValue } from '../../../../shared/runs/imported.ts'

/** Points of a curve: half to all of so many are kept of what was logged more often. */
const mostPoints = 500

/** What is kept of values that were logged over a training, however many. */
export interface Track {
  count: number
  /** At the largest step; of several there the one written last. */
  last: { step: number; value: number }
  /** Of the values that are numbers; null where none is. */
  lowest: number | null
  highest: number | null
  /** Each `stride`-th value, for a curve: step, value, step, …, of which numbers take a fourth of the memory of objects. */
  points: number[]
  stride: number
}

/** Adds a value to the track of a name. */
export function addTo(tracks: Map<string, Track>, name: string, { step, value }: Track['last']): void {
  const track = tracks.get(name) ?? {
    count: 0,
    last: { step, value },
    lowest: null,
    highest: null,
    points: [],
    stride: 1,
  }
  if (track.count++ % track.stride === 0) addPoint(track, { step, value })
  if (step >= track.last.step) track.last = { step, value }
  if (!Number.isNaN(value)) {
    track.lowest = Math.min(track.lowest ?? value, value)
    track.highest = Math.max(track.highest ?? value, value)
  }
  tracks.set(name, track)
}

function addPoint(track: Track, { step, value }: Track['last']): void {
  track.points.push(step, value)
  if (track.points.length < 2 * mostPoints) return
  track.points = track.points.filter((_, at) => at % 4 < 2)
  track.stride *= 2
}

/** Points that are numbers, ascending in their steps, of several at a step the one written last; the last value among them. */
export function curvePoints({ points, last }: Track): Track['last'][] {
  const bySteps = new Map(stepsOf(points).map((step, index) => [step, points[2 * index + 1]!]))
  bySteps.set(last.step, last.value)
  return [...bySteps]
    .map(([step, value]) => ({ step, value }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.step - b.step)
}

const stepsOf = (points: readonly number[]) => points.filter((_, at) => at % 2 === 0)

/** Whether values were logged at steps that follow one another, as once an epoch; again at some of them where a training was resumed. */
export function isConsecutive({ points, stride }: Track): boolean {
  const steps = [...new Set(stepsOf(points))].sort((a, b) => a - b)
  return steps.length > 1 && steps.every((step, index) => step === steps[0]! + index * stride)
}

/** The last value, or the best that the task's primary metric had; NaN where there is none. */
export function valueOf({ last, lowest, highest }: Track, logged: LoggedValue, of: OfTask): number {
  if (logged === 'last') return last.value
  return lowest === null || highest === null ? NaN : best(primaryMetric(of), [lowest, highest])
}

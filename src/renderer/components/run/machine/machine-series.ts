import { thinned } from '../../../../figures/thinned.ts'
import type { EpochRecord, StepSample } from '../../../../shared/runs/runs.ts'

/** A quantity over the training time of a phase, drawn as a line over a filled area. */
export interface MachineSeries {
  latest: number
  /** The highest value. */
  peak: number
  /** Where the series stands in a box of 1 × 1, from the top left: the horizontal axis is time, pauses left out. */
  points: readonly { x: number; y: number }[]
  /** Training time that it covers. */
  seconds: number
}

/** Samples come at most this far apart while a phase is trained; a longer gap is a pause. */
const longestGapMilliseconds = 120_000
const room = 1.15

/** Values of one quantity as they are drawn; null without samples. */
export function machineSeries(
  samples: readonly StepSample[],
  quantity: 'imagesPerSecond' | 'residentBytes',
  points = 300,
): MachineSeries | null {
  if (samples.length === 0) return null
  const times = trainingTimes(samples)
  const seconds = times.at(-1)!
  const peak = samples.reduce((highest, sample) => Math.max(highest, sample[quantity]), 0)
  const line = samples.map((sample, index) => ({ seconds: times[index]!, value: sample[quantity] }))
  return {
    latest: samples.at(-1)![quantity],
    peak,
    seconds,
    points: thinned(line, points).map((point) => ({
      x: seconds === 0 ? 0 : point.seconds / seconds,
      y: peak === 0 ? 1 : 1 - point.value / (peak * room),
    })),
  }
}

/** A short phase ends before it is sampled: its epochs, each at its end, stand for samples. */
export function samplesOfEpochs(records: readonly EpochRecord[]): StepSample[] {
  let at = 0
  return records.map(({ epoch, seconds, imagesPerSecond, peakMemoryBytes }) => {
    at += Math.round(1000 * seconds)
    return { at, epoch, batch: 0, imagesPerSecond, residentBytes: peakMemoryBytes }
  })
}

/** Seconds of training at each sample since the first, without pauses. */
function trainingTimes(samples: readonly StepSample[]): number[] {
  let elapsed = 0
  return samples.map(({ at }, index) => {
    const gap = index === 0 ? 0 : at - samples[index - 1]!.at
    elapsed += gap > longestGapMilliseconds ? 0 : gap
    return elapsed / 1000
  })
}

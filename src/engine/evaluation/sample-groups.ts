import type { ExitPredictions } from '../../shared/evaluation.ts'
import type { ExitSample, GroupedSamples, SampleGroup } from '../../shared/sample-groups.ts'
import { leavingExits, rightBefore } from './scored-exits.ts'
import type { ClassifiedRun } from './scored-run.ts'

export interface SampleGroupOptions {
  /** One for all exits, or one for each exit but the final. */
  thresholds: number | readonly number[]
  group: SampleGroup
  /** Of `leaving`. */
  exit: number
  /** Class of the samples; null: all. */
  label: number | null
  offset: number
  limit: number
}

/** Sorts the samples of one split by where they leave and where they are right: O(K·N). */
export function groupSamples(run: ClassifiedRun, options: SampleGroupOptions): Omit<GroupedSamples, 'split'> {
  const { exitCount, sampleCount, correct } = run.scored
  const { predictions } = run
  const right = { correct: correct!, sampleCount }
  const leaves = leavingExits(run.scored, options.thresholds)
  const counts = { leaving: new Array<number>(exitCount).fill(0), lost: 0, never: 0 }
  const found: number[] = []
  leaves.forEach((exit, sample) => {
    const is = {
      leaving: exit === options.exit,
      lost: correct![exit * sampleCount + sample] === 0 && rightBefore(right, exit, sample),
      never: !rightBefore(right, exitCount, sample),
    }
    counts.leaving[exit]!++
    counts.lost += Number(is.lost)
    counts.never += Number(is.never)
    const isOfClass = options.label === null || predictions.labels[sample] === options.label
    if (is[options.group] && isOfClass) found.push(sample)
  })
  const page = found.slice(options.offset, options.offset + options.limit)
  return {
    sampleCount,
    counts,
    total: found.length,
    samples: page.map((sample) => sampleOf(predictions, leaves, sample)),
  }
}

function sampleOf(predictions: ExitPredictions, leaves: Int32Array, sample: number): ExitSample {
  const { exitCount, sampleCount, classes, confidences, labels } = predictions
  const perExit = (values: ArrayLike<number>) =>
    Array.from({ length: exitCount }, (_, exit) => values[exit * sampleCount + sample]!)
  return {
    sample,
    label: labels[sample]!,
    leaves: leaves[sample]!,
    predictions: perExit(classes),
    confidences: perExit(confidences),
  }
}

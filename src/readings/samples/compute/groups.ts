import type { ExitPredictions } from '../../../shared/evaluation/evaluation.ts'
import { exitPlace } from '../../../shared/evaluation/exit-id.ts'
import { leavingExits, rightBefore } from '../../../engine/evaluation/scored-exits.ts'
import type { ClassifiedRun } from '../../../engine/evaluation/scored-run.ts'
import { exitOf, type ExitSample, type SamplesAnswer, type SamplesQuestion } from '../schema.ts'

/** Sorts the samples of one split by where they leave and where they are right: O(K·N). */
export function groupSamples(
  { scored, predictions }: Pick<ClassifiedRun, 'scored' | 'predictions'>,
  { thresholds, group, label, offset, limit }: Omit<SamplesQuestion, 'runs' | 'among'>,
): Pick<SamplesAnswer, 'sampleCount' | 'counts' | 'total' | 'samples'> {
  const { exitCount, sampleCount, correct } = scored
  const right = { correct: correct!, sampleCount }
  const chosen = exitOf(group)
  const leavesAt = chosen === null ? null : exitPlace(chosen, exitCount)
  const leaves = leavingExits(scored, thresholds)
  const counts = { leaving: new Array<number>(exitCount).fill(0), lost: 0, never: 0 }
  const found: number[] = []
  leaves.forEach((exit, sample) => {
    const lost = correct![exit * sampleCount + sample] === 0 && rightBefore(right, exit, sample)
    const never = !rightBefore(right, exitCount, sample)
    counts.leaving[exit]!++
    counts.lost += Number(lost)
    counts.never += Number(never)
    const isOfGroup = group === 'lost' ? lost : group === 'never' ? never : exit === leavesAt
    if (isOfGroup && (label === null || predictions.labels[sample] === label)) found.push(sample)
  })
  const page = found.slice(offset, offset + limit)
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

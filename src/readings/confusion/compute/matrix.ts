import type { ExitPredictions } from '../../../shared/evaluation/evaluation.ts'
import { mean } from '../../../shared/statistics/statistics.ts'
import type { ClassifiedRun } from '../../../engine/evaluation/scored-run.ts'
import type { ConfusionAnswer } from '../schema.ts'

type Confusion = Pick<ConfusionAnswer, 'runs' | 'classCount' | 'exit' | 'counts' | 'accuracies'>

/** Predictions of `exit` for each class, summed over the seeds of one series, and the accuracy of every exit by class. */
export function confusionOf(runs: readonly [ClassifiedRun, ...ClassifiedRun[]], exit: number): Confusion {
  const { classCount, exitCount } = runs[0].predictions
  const counts = new Array<number>(classCount * classCount).fill(0)
  for (const { predictions } of runs) count(predictions, exit, counts)
  const byRun = runs.map(({ predictions }) => classAccuracies(predictions))
  return {
    runs: runs.map(({ identity }) => identity.id),
    classCount,
    exit,
    counts,
    accuracies: Array.from({ length: exitCount }, (_, of) =>
      Array.from({ length: classCount }, (_, label) => {
        const known = byRun.flatMap((accuracies) => accuracies[of]![label] ?? [])
        return known.length === 0 ? null : mean(known)
      }),
    ),
  }
}

function count({ sampleCount, classCount, classes, labels }: ExitPredictions, exit: number, into: number[]): void {
  for (let sample = 0; sample < sampleCount; sample++) {
    into[labels[sample]! * classCount + classes[exit * sampleCount + sample]!]!++
  }
}

/** [exits][classes], in %; null where a class has no sample. */
function classAccuracies({ exitCount, sampleCount, classCount, classes, labels }: ExitPredictions) {
  const samples = new Float64Array(classCount)
  for (const label of labels) samples[label]!++
  return Array.from({ length: exitCount }, (_, exit) => {
    const right = new Float64Array(classCount)
    labels.forEach((label, sample) => (right[label]! += Number(classes[exit * sampleCount + sample] === label)))
    return Array.from(samples, (total, label) => (total === 0 ? null : (100 * right[label]!) / total))
  })
}

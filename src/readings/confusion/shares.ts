import type { ConfusionAnswer } from './schema.ts'

/** In % of the samples of a class: [classes][predicted classes]; null for classes without samples. */
export function confusionShares({
  classCount,
  counts,
}: Pick<ConfusionAnswer, 'classCount' | 'counts'>): (number | null)[][] {
  return Array.from({ length: classCount }, (_, label) => {
    const row = counts.slice(label * classCount, (label + 1) * classCount)
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count) => (total === 0 ? null : (100 * count) / total))
  })
}

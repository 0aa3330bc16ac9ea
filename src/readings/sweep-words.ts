import { withUnit } from '../shared/metric.ts'
import { budgetColumn, capitalised } from '../shared/table-words.ts'
import { primaryMetric } from '../shared/task.ts'
import type { SweptValues } from './sweep.ts'

/** `Validation accuracy at 50 % (%)` */
export function sweptTitle(answer: Pick<SweptValues, 'readOn' | 'budget' | 'task'>): string {
  const { readOn = 'test', budget } = answer
  const metric = primaryMetric(answer)
  const where = budget === null ? '' : ` at ${budgetColumn(budget).title}`
  return withUnit(`${capitalised(readOn)} ${metric.noun}${where}`, metric)
}

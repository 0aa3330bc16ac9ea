import { withUnit } from '../shared/methods/metric.ts'
import { budgetColumn, capitalised } from '../shared/tables/table-words.ts'
import { primaryMetric } from '../shared/methods/task.ts'
import type { SweptValues } from './sweep.ts'

/** `Validation accuracy at 50 % (%)` */
export function sweptTitle(answer: Pick<SweptValues, 'readOn' | 'budget' | 'task'>): string {
  const { readOn = 'test', budget } = answer
  const metric = primaryMetric(answer)
  const where = budget === null ? '' : ` at ${budgetColumn(budget).title}`
  return withUnit(`${capitalised(readOn)} ${metric.noun}${where}`, metric)
}

import { withUnit } from '../../shared/metric.ts'
import { extent } from '../../shared/statistics.ts'
import { budgetColumn, capitalised } from '../../shared/table-words.ts'
import { primaryMetric } from '../../shared/task.ts'
import type { SettingsHeatmapAnswer } from './schema.ts'

/** `Validation accuracy at 50 % (%), by regime and learning rate` */
export function heatmapTitle(answer: SettingsHeatmapAnswer): string {
  const { readOn = 'test', budget, rows, columns } = answer
  const metric = primaryMetric(answer)
  const where = budget === null ? '' : ` at ${budgetColumn(budget).title}`
  return `${withUnit(`${capitalised(readOn)} ${metric.noun}${where}`, metric)}, ${rows.name} by ${columns.name}`
}

/** Over what a cell is a mean: `mean over head and seeds`, and whether cells are of different numbers of series. */
export function meanOf({ factors, rows, columns, cells }: SettingsHeatmapAnswer): string {
  const others = factors.filter(({ path }) => path !== rows.path && path !== columns.path).map(({ name }) => name)
  const [fewest, most] = extent(cells.flat().flatMap((cell) => cell?.seriesCount ?? []))
  const uneven = fewest === most ? '' : `, of ${fewest} to ${most} series, as some combinations are missing`
  return `mean over ${new Intl.ListFormat('en-GB').format([...others, 'seeds'])}${uneven}`
}

import { listed } from '../../shared/format/lists.ts'
import { extent } from '../../shared/statistics/statistics.ts'
import { sweptTitle } from '../sweep-words.ts'
import type { SettingsHeatmapAnswer } from './schema.ts'

/** `Validation accuracy at 50 % (%), by regime and learning rate` */
export function heatmapTitle(answer: SettingsHeatmapAnswer): string {
  return `${sweptTitle(answer)}, ${answer.rows.name} by ${answer.columns.name}`
}

/** Over what a cell is a mean: `mean over head and seeds`, and whether cells are of different numbers of series. */
export function meanOf({ factors, rows, columns, cells }: SettingsHeatmapAnswer): string {
  const others = factors.filter(({ path }) => path !== rows.path && path !== columns.path).map(({ name }) => name)
  const [fewest, most] = extent(cells.flat().flatMap((cell) => cell?.seriesCount ?? []))
  const uneven = fewest === most ? '' : `, of ${fewest} to ${most} series, as some combinations are missing`
  return `mean over ${listed([...others, 'seeds'])}${uneven}`
}

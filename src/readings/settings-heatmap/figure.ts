import type { Figure } from '../../figures/figure.ts'
import { heatMapOption } from '../../figures/heat-map.ts'
import { textWidth } from '../../figures/plot.ts'
import { fileStem } from '../../shared/file-name.ts'
import { extent } from '../../shared/statistics.ts'
import { primaryMetric } from '../../shared/task.ts'
import type { SettingsHeatmapAnswer } from './schema.ts'
import { heatmapTitle, meanOf } from './words.ts'

/** Cells of two settings, the best outlined. */
export function figure(answer: SettingsHeatmapAnswer): Figure {
  const { rows, columns, cells, best, experiment } = answer
  const { decimals } = primaryMetric(answer)
  const [low = 0, high = 1] = extent(cells.flat().flatMap((cell) => cell?.mean ?? []))
  const data = {
    rows: rows.levels,
    columns: columns.levels.map((label) => ({ label })),
    mayStandUpright: true,
    values: cells.map((row) => row.map((cell) => cell?.mean ?? null)),
    outlined: best,
    low,
    high: high > low ? high : low + 1,
    decimals: decimals - 1,
  }
  const cell = cells[best[0]]![best[1]]!
  return {
    name: fileStem([experiment], 'settings-heatmap'),
    sentence: `${heatmapTitle(answer)}, ${meanOf(answer)}: best ${cell.mean.toFixed(decimals)} with ${rows.name} ${rows.levels[best[0]]} and ${columns.name} ${columns.levels[best[1]]}.`,
    option: (frame) => {
      const [title, longer] = [heatmapTitle(answer), `${heatmapTitle(answer)}; ${meanOf(answer)}`]
      return heatMapOption({ ...data, title: textWidth(longer) + 16 <= frame.width ? longer : title }, frame)
    },
  }
}

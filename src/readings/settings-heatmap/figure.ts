import type { EChartsOption } from 'echarts'
import type { Figure } from '../../figures/figure.ts'
import { heatMapOption } from '../../figures/heat-map.ts'
import { textWidth, type FigureFrame } from '../../figures/plot.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { extent } from '../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { SettingsHeatmapAnswer } from './schema.ts'
import { heatmapTitle, meanOf } from './words.ts'

/** Cells of two settings, the best outlined. */
export function figure(answer: SettingsHeatmapAnswer): Figure {
  const { rows, columns, cells, best, experiment } = answer
  const { decimals } = primaryMetric(answer)
  const cell = cells[best[0]]![best[1]]!
  return {
    name: fileStem([experiment], 'settings-heatmap'),
    sentence: `${heatmapTitle(answer)}, ${meanOf(answer)}: best ${cell.mean.toFixed(decimals)} with ${rows.name} ${rows.levels[best[0]]} and ${columns.name} ${columns.levels[best[1]]}.`,
    option: (frame) => heatmapOption(answer, frame),
  }
}

export function heatmapOption(
  answer: SettingsHeatmapAnswer,
  frame: FigureFrame,
  /** On a screen alone: names of series whose cells are highlighted. */
  focused: readonly string[] = [],
): EChartsOption {
  const { rows, columns, cells, best } = answer
  const [low = 0, high = 1] = extent(cells.flat().flatMap((cell) => cell?.mean ?? []))
  const hasFocused = (cell: (typeof cells)[number][number]) => cell?.series.some((name) => focused.includes(name))
  const data = {
    rows: rows.levels,
    columns: columns.levels.map((label) => ({ label })),
    mayStandUpright: true,
    values: cells.map((row) => row.map((cell) => cell?.mean ?? null)),
    outlined: best,
    focused: cells.flatMap((row, r) => row.flatMap((cell, c) => (hasFocused(cell) ? [[r, c] as const] : []))),
    low,
    high: high > low ? high : low + 1,
    decimals: primaryMetric(answer).decimals - 1,
  }
  const [title, note] = [heatmapTitle(answer), meanOf(answer)]
  const longer = `${title}; ${note}`
  const words = textWidth(longer) + 16 <= frame.width ? { title: longer } : { title, note }
  return heatMapOption({ ...data, ...words }, frame)
}

import type { z } from 'zod'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Factor } from '../../shared/experiment/series-factor.ts'
import { meanStd } from '../../shared/statistics/statistics.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { ReadingSources } from '../sources.ts'
import { readSweep, type SweptSeries } from '../sweep.ts'
import type { SettingsHeatmapAnswer, settingsHeatmapQuestion } from './schema.ts'

export async function compute(
  sources: ReadingSources,
  question: z.output<typeof settingsHeatmapQuestion>,
): Promise<SettingsHeatmapAnswer> {
  const { series, ...answer } = await readSweep(sources, question)
  const { factors } = answer
  const rows = chosen(factors, { path: question.rows, other: question.columns })
  const columns = chosen(factors, { path: question.columns, other: rows.path })
  const [r, c] = [factors.indexOf(rows), factors.indexOf(columns)]
  const cells = rows.levels.map((_, row) =>
    columns.levels.map((_level, column) =>
      cellOf(series.filter(({ levels }) => levels[r] === row && levels[c] === column)),
    ),
  )
  const { higherIsBetter } = primaryMetric(answer)
  return { ...answer, experiment: series[0]!.experiment, rows, columns, cells, best: bestOf(cells, higherIsBetter) }
}

/** @throws ExitlabError `usage` where the series do not differ in it, or in only one setting. */
function chosen(factors: readonly Factor[], { path, other }: { path: string | null; other: string | null }): Factor {
  const others = factors.filter((each) => each.path !== other)
  const found =
    path === null
      ? (others.find(({ path: each }) => each === 'regime') ?? mostLevels(others))
      : factors.find((each) => each.path === path)
  if (found && found.path !== other) return found
  const list = factors.map((each) => each.path).join(', ') || 'none'
  throw new ExitlabError(
    'usage',
    `Two settings: expected two different settings in which the series differ, which are: ${list}.`,
    factors.length < 2 ? { inapplicable: true } : {},
  )
}

/** The first of those with the most values. */
const mostLevels = (factors: readonly Factor[]): Factor | undefined =>
  factors.toSorted((a, b) => b.levels.length - a.levels.length)[0]

function cellOf(members: readonly SweptSeries[]): SettingsHeatmapAnswer['cells'][number][number] {
  if (members.length === 0) return null
  return {
    ...meanStd(members.flatMap(({ values }) => values)),
    seriesCount: members.length,
    series: members.map(({ series }) => series),
  }
}

function bestOf(cells: SettingsHeatmapAnswer['cells'], higherIsBetter: boolean): [number, number] {
  const places = cells.flatMap((row, r) => row.flatMap((cell, c) => (cell ? [{ at: [r, c], mean: cell.mean }] : [])))
  const sign = higherIsBetter ? 1 : -1
  return places.reduce((best, each) => (sign * each.mean > sign * best.mean ? each : best)).at as [number, number]
}

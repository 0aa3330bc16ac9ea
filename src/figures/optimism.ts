import type { EChartsOption, GraphicComponentOption } from 'echarts'
import type { MeanStd } from '../shared/evaluation.ts'
import { plainText } from '../shared/plain-text.ts'
import { baseOption, gridOf, tickLabels } from './base-option.ts'
import { figureKey } from './key.ts'
import type { OptimismData } from './optimism-data.ts'
import { marksOf, verticalLines, type OptimismLine } from './optimism-series.ts'
import { hasKey, hasTitle, pixelY, textWidth, type FigureFrame, type Plot } from './plot.ts'
import { seriesStyle } from './regimes.ts'
import { gainOf } from '../shared/metric.ts'
import { primaryMetric } from '../shared/task.ts'
import { capitalised } from '../shared/table-words.ts'
import { roundTicks } from './ticks.ts'
import { fittingApart, lineOfText, wrapped } from './text.ts'
import { figureColours, type FigureColours } from './theme.ts'

const titleLineHeight = 15
/** Pixels between two panels. */
const panelGap = 16

/**
 * What choosing thresholds on the test set adds: a line for each regime with a dot and its ±1 standard deviation, a panel for
 * each budget. With one panel values stand beside it; without a key the page around it is its heading. A function of data and size alone.
 */
export function optimismOption(data: OptimismData, frame: FigureFrame): EChartsOption {
  const colours = figureColours[frame.theme]
  const lines = linesOf(data)
  const x = isZero(data) ? zeroRange : rangeOf(lines)
  const title = wrapped(axisTitle(data), frame.width - 16)
  const plots = plotsOf(lines, frame, { x, panels: data.budgets.length, titleLines: title.length })
  const names = fittingApart(
    lines.map(({ name }) => name),
    plots[0]!.left - 18,
  )
  const { bottom, left, right } = plots[0]!
  const ticks = roundTicks(x.low, x.high, Math.max(1, Math.min(6, Math.floor((right - left) / 45))))
  return {
    ...baseOption(frame),
    grid: plots.map((plot) => gridOf(plot, frame)),
    xAxis: plots.map((_, panel) => ({
      type: 'value',
      gridIndex: panel,
      min: x.low,
      max: x.high,
      axisLine: { show: false },
      axisTick: { show: false, customValues: ticks },
      axisLabel: {
        ...tickLabels(ticks, frame),
        formatter: (tick: number) => withMinus(sameDecimals(ticks)(tick)),
      },
      splitLine: { show: false },
    })),
    yAxis: plots.map(({ y }, panel) => ({ type: 'value', gridIndex: panel, show: false, min: y.low, max: y.high })),
    series: plots.flatMap((_, panel) => [
      verticalLines(ticks, { panel, colours }),
      ...lines.flatMap((line, index) => marksOf(line, { panel, y: heightOf(index, lines), theme: frame.theme })),
    ]),
    graphic: [
      ...lines.flatMap((line, index) =>
        textsOf(
          { ...line, name: names[index]! },
          { plots, frame, y: heightOf(index, lines), decimals: primaryMetric(data).decimals },
        ),
      ),
      ...headingsOf(data, plots, frame),
      ...(hasKey(frame) ? keyOf(data, frame, colours) : []),
      ...title.map((text, i) =>
        lineOfText(text, {
          x: Math.min(
            Math.max((left + plots.at(-1)!.right) / 2, 8 + textWidth(text) / 2),
            frame.width - 8 - textWidth(text) / 2,
          ),
          y: bottom + 34 + titleLineHeight * i,
          colour: colours.text,
          align: 'center',
        }),
      ),
    ],
  }
}

function axisTitle(data: OptimismData): string {
  const { title, noun, unit } = primaryMetric(data)
  const how = 'by choosing thresholds on test'
  const gained = unit === '%' ? `${title} gained ${how} (points)` : `Improvement of ${noun} ${how}`
  if (!isZero(data)) return gained
  return `${gained}: no optimism at ${data.budgets.length === 1 ? 'this budget' : 'these budgets'}`
}

/** Whether there are gaps and all of them are zero, as far as they are printed. */
function isZero(data: OptimismData): boolean {
  const { decimals } = primaryMetric(data)
  const gaps = data.rows.flatMap((row) => row.gaps.flatMap((gap) => gap ?? []))
  const isNothing = (value: number | null) => Number((value ?? 0).toFixed(decimals)) === 0
  return gaps.length > 0 && gaps.every(({ mean, std }) => isNothing(mean) && isNothing(std))
}

/** Text description of the figure. */
export function optimismSentence({ task, budgets, rows }: OptimismData): string {
  const metric = primaryMetric({ task })
  const atBudgets = budgets.map((budget, b) => {
    const gaps = rows.map((row) => `${nameOf(row, rows)} ${gapText(row.gaps[b] ?? null, metric.decimals)}`)
    return `${budgetHeading(budget)}: ${gaps.join(', ')}`
  })
  return `${capitalised(gainOf(metric))} gained by choosing thresholds on the test set. ${atBudgets.join('. ')}.`
}

/** The data of one of its budgets alone. */
export function atBudget({ task, budgets, rows }: OptimismData, index: number): OptimismData {
  return {
    ...(task && { task }),
    budgets: [budgets[index]!],
    rows: rows.map((row) => ({ ...row, gaps: [row.gaps[index]!] })),
  }
}

function linesOf({ rows }: OptimismData): OptimismLine[] {
  const experiments = [...new Set(rows.map(({ experiment }) => experiment))]
  return rows.map((row) => ({
    name: nameOf(row, rows),
    regime: row.regime,
    look: row.look,
    hollow: experiments.indexOf(row.experiment) % 2 === 1,
    gaps: row.gaps,
  }))
}

/** Rows have a distance of 1, the last is at 0.5. */
function heightOf(index: number, lines: readonly OptimismLine[]): number {
  return lines.length - index - 0.5
}

function nameOf({ experiment, series }: OptimismData['rows'][number], rows: OptimismData['rows']): string {
  const several = rows.some((row) => row.experiment !== experiment)
  return several ? `${series}, ${plainText(experiment, 36)}` : series
}

function budgetHeading(budget: number | null): string {
  return budget === null ? 'Unlimited budget' : `${Number((100 * budget).toFixed(2))}\u00a0% budget`
}

function gapText(gap: MeanStd | null, decimals: number): string {
  if (gap === null) return '–'
  const text = gap.mean.toFixed(decimals)
  return Number(text) === 0 ? (0).toFixed(decimals) : withMinus(gap.mean > 0 ? `+${text}` : text)
}

function withMinus(text: string): string {
  return text.replace('-', '−')
}

function sameDecimals(ticks: readonly number[]): (tick: number) => string {
  const decimals = Math.max(...ticks.map((tick) => String(tick).split('.')[1]?.length ?? 0))
  return (tick) => tick.toFixed(decimals)
}

/** Zeros on a scale of their own size would look like differences. */
const zeroRange: Plot['x'] = { low: -1, high: 1 }

/** Panels side by side, all of one scale. */
function plotsOf(
  lines: readonly OptimismLine[],
  frame: FigureFrame,
  { x, panels, titleLines }: { x: Plot['x']; panels: number; titleLines: number },
): Plot[] {
  const names = Math.max(...lines.map(({ name }) => textWidth(name)))
  const left = 8 + Math.min(names, 0.4 * frame.width) + 14
  const right = frame.width - 8 - (panels === 1 ? textWidth('+0.00') + 10 : 8)
  const width = (right - left - panelGap * (panels - 1)) / panels
  const head = hasKey(frame) || hasTitle(frame) ? 24 : 0
  return Array.from({ length: panels }, (_, panel) => ({
    left: left + panel * (width + panelGap),
    right: left + panel * (width + panelGap) + width,
    top: 8 + head + (panels > 1 ? 20 : 0),
    bottom: frame.height - 32 - titleLineHeight * titleLines,
    x,
    y: { low: 0, high: lines.length },
  }))
}

function rangeOf(lines: readonly OptimismLine[]): Plot['x'] {
  const gaps = lines.flatMap((line) => line.gaps.flatMap((gap) => gap ?? []))
  const ends = [0, ...gaps.flatMap(({ mean, std }) => [mean - (std ?? 0), mean + (std ?? 0)])]
  const [lowest, highest] = [Math.min(...ends), Math.max(...ends)]
  const air = Math.max(0.06 * (highest - lowest), 0.02)
  return { low: lowest < 0 ? lowest - air : 0, high: highest + air }
}

/** The name at the left; with one panel the value at the right, with several panels a dash for missing values. */
function textsOf(
  { name, gaps, ...series }: OptimismLine,
  { plots, frame, y, decimals }: { plots: readonly Plot[]; frame: FigureFrame; y: number; decimals: number },
) {
  const { text, muted } = figureColours[frame.theme]
  const place = { y: pixelY(plots[0]!, y) }
  const value = plots.length === 1 ? gapText(gaps[0] ?? null, decimals) : null
  return [
    rightAligned(name, {
      ...place,
      x: plots[0]!.left - 10,
      colour: seriesStyle(series).ink[frame.theme],
    }),
    ...(value === null ? [] : [rightAligned(value, { ...place, x: frame.width - 8, colour: gaps[0] ? text : muted })]),
    ...plots.flatMap((plot, panel) =>
      value !== null || gaps[panel]
        ? []
        : [lineOfText('–', { ...place, x: (plot.left + plot.right) / 2, colour: muted, align: 'center' })],
    ),
  ]
}

/** Above each panel; one panel has its heading in the row of the key, or in the page around it. */
function headingsOf({ budgets }: OptimismData, plots: readonly Plot[], frame: FigureFrame): GraphicComponentOption[] {
  const { text: colour } = figureColours[frame.theme]
  if (budgets.length > 1) {
    return budgets.map((budget, panel) => {
      const { left, right, top } = plots[panel]!
      const text = budgetHeading(budget).replace(
        textWidth(budgetHeading(budget)) > right - left ? / ?budget$/ : /$^/,
        '',
      )
      return lineOfText(text, { x: (left + right) / 2, y: top - 10, colour, weight: 500, align: 'center' })
    })
  }
  if (!hasTitle(frame)) return []
  return budgets.map((budget) => lineOfText(budgetHeading(budget), { x: 8, y: 16, colour, weight: 500 }))
}

function rightAligned(text: string, place: { x: number; y: number; colour: string }): GraphicComponentOption {
  const element = lineOfText(text, { ...place, weight: 500 })
  return { ...element, style: { ...element.style, align: 'right' } }
}

function keyOf({ rows }: OptimismData, frame: FigureFrame, colours: FigureColours): GraphicComponentOption[] {
  const spread = rows.some(({ seedCount }) => seedCount > 1)
  const counts = [...new Set(rows.map(({ seedCount }) => seedCount))]
  const seeds = counts.length > 1 ? 'seeds' : counts[0] === 1 ? '1 seed' : `${counts[0]} seeds`
  const text = spread ? `mean ± 1 std over ${seeds}` : seeds
  return figureKey([{ mark: { marker: 'circle' }, text }], { right: frame.width - 8, y: 16, colours })
}

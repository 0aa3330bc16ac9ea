import type { EChartsOption } from 'echarts'
import { figureOf, type Figure } from '../../figures/figure.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import type { SeriesIdentity } from '../../shared/experiment/series-identity.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { baseOption, gridOf, tickLabels } from '../../figures/base-option.ts'
import type { OptimismAnswer } from './schema.ts'
import { heightOf, plotsOf, rangeOf, zeroRange } from './figure/layout.ts'
import { marksOf, verticalLines, type OptimismLine } from './figure/lines.ts'
import { headingsOf, keyOf, textsOf, titleOf } from './figure/texts.ts'
import { axisTitle, isZero, optimismSentence } from './figure/words.ts'
import { fadedOpacity } from '../../figures/key.ts'
import { nameAmong } from '../../figures/series-lines.ts'
import { hasKey, type FigureFrame, type Plot } from '../../figures/plot.ts'
import { fittingApart, wrapped } from '../../figures/text.ts'
import { figureColours } from '../../figures/theme.ts'
import { roundTicks, tickText } from '../../figures/ticks.ts'

export { optimismSentence }

export function figure(answer: OptimismAnswer): Figure {
  const drawing = { option: optimismOption, sentence: optimismSentence }
  return figureOf(comparisonStem(answer.rows, 'optimism'), answer, drawing)
}

/**
 * What choosing thresholds on the test set adds: a line for each regime with a dot and its ±1 standard deviation, a panel for
 * each budget. With one panel values stand beside it; without a key the page around it is its heading. A function of data and size alone.
 */
export function optimismOption(
  data: OptimismAnswer,
  frame: FigureFrame,
  /** On a screen alone: where some of the series are, the others fade. */
  isFocused: (series: SeriesIdentity) => boolean = () => false,
): EChartsOption {
  const colours = figureColours[frame.theme]
  const lines = linesOf(data, isFocused)
  const x = isZero(data) ? zeroRange : rangeOf(lines)
  const title = wrapped(axisTitle(data), frame.width - 16)
  const plots = plotsOf(lines, frame, { x, panels: data.budgets.length, titleLines: title.length })
  const ticks = ticksOf(plots[0]!)
  return {
    ...baseOption(frame),
    grid: plots.map((plot) => gridOf(plot, frame)),
    xAxis: plots.map((_, panel) => horizontalAxis(panel, { x, ticks, frame })),
    yAxis: plots.map(({ y }, panel) => ({ type: 'value', gridIndex: panel, show: false, min: y.low, max: y.high })),
    series: plots.flatMap((_, panel) => [
      verticalLines(ticks, { panel, colours }),
      ...lines.flatMap((line, index) => marksOf(line, { panel, y: heightOf(index, lines), theme: frame.theme })),
    ]),
    graphic: [
      ...lineTexts(lines, { plots, frame, decimals: primaryMetric(data).decimals }),
      ...headingsOf(data, plots, frame),
      ...(hasKey(frame) ? keyOf(data, frame, colours) : []),
      ...titleOf(title, { plots, frame }),
    ],
  }
}

function linesOf({ rows }: OptimismAnswer, isFocused: (series: SeriesIdentity) => boolean): OptimismLine[] {
  const experiments = [...new Set(rows.map(({ experiment }) => experiment))]
  const fades = rows.some(isFocused)
  return rows.map((row) => ({
    name: nameAmong(row, rows),
    regime: row.regime,
    look: row.look,
    hollow: experiments.indexOf(row.experiment) % 2 === 1,
    gaps: row.gaps,
    opacity: fades && !isFocused(row) ? fadedOpacity : 1,
  }))
}

function ticksOf({ left, right, x }: Plot): number[] {
  return roundTicks(x.low, x.high, Math.max(1, Math.min(6, Math.floor((right - left) / 45))))
}

function horizontalAxis(panel: number, { x, ticks, frame }: { x: Plot['x']; ticks: number[]; frame: FigureFrame }) {
  return {
    type: 'value' as const,
    gridIndex: panel,
    min: x.low,
    max: x.high,
    axisLine: { show: false },
    axisTick: { show: false, customValues: ticks },
    axisLabel: { ...tickLabels(ticks, frame), formatter: tickText(ticks) },
    splitLine: { show: false },
  }
}

function lineTexts(
  lines: readonly OptimismLine[],
  { plots, frame, decimals }: { plots: readonly Plot[]; frame: FigureFrame; decimals: number },
) {
  const names = fittingApart(
    lines.map(({ name }) => name),
    plots[0]!.left - 18,
  )
  return lines.flatMap((line, index) =>
    textsOf({ ...line, name: names[index]! }, { plots, frame, y: heightOf(index, lines), decimals }),
  )
}

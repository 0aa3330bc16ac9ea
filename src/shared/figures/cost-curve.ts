import type { EChartsOption } from 'echarts'
import { plainText } from '../plain-text.ts'
import { baseOption, gridOf, horizontalAxis, tickLabels, ticksOf, verticalAxis } from './base-option.ts'
import type { CostCurveData } from './cost-curve-data.ts'
import { accuracyTitle, costCurveLayout, keyRowHeight, noteLineHeight } from './cost-curve-layout.ts'
import { costCurveSeries } from './cost-curve-series.ts'
import type { CostCurveView, CostUnit } from './cost-curve-view.ts'
import { endLabels } from './end-labels.ts'
import { figureKey } from './key.ts'
import { textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { roundTicks } from './scale.ts'
import { lineOfText } from './text.ts'
import { figureColours } from './theme.ts'

/**
 * Accuracy against mean inference cost (method 7.6): lines are threshold curves with ±1 standard deviation bands over
 * seeds, dots are exits alone with error bars, the × is the bare backbone. A function of data, size and what a screen
 * adds to it alone.
 */
export function costCurveOption(data: CostCurveData, frame: FigureFrame, view: CostCurveView = {}): EChartsOption {
  const colours = figureColours[frame.theme]
  const { plot, labels, note, key, keyBelow } = costCurveLayout(data, frame, view)
  const yTicks = roundTicks(plot.y.low, plot.y.high, 8)
  const xTicks = costTicks(data.budgets, plot)
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: {
      ...horizontalAxis(plot, frame),
      ...ticksOf(xTicks, frame),
      axisLabel: { ...tickLabels(xTicks, frame), formatter: percent },
    },
    yAxis: verticalAxis(plot, yTicks, frame),
    series: costCurveSeries(data, { theme: frame.theme, yTicks, view }),
    graphic: [
      ...endLabels(labels, plot),
      ...(frame.key === false
        ? []
        : figureKey(key, { right: frame.width - 8, y: keyBelow ? 16 + keyRowHeight : 16, colours })),
      lineOfText(accuracyTitle, { x: 8, y: 16, colour: colours.text }),
      costTitle(data, plot, { colour: colours.text, unit: view.unit ?? 'macs' }),
      ...note.map((line, i) =>
        lineOfText(line, { x: 8, y: plot.bottom + 55 + noteLineHeight * i, colour: colours.muted }),
      ),
    ],
  }
}

/** The figure in words, for those who do not see it. */
export function costCurveSentence({ series }: CostCurveData): string {
  const ends = series.map(({ name, curve }) => {
    const last = curve.at(-1)!
    return `${plainText(name)} ends at ${last.mean.toFixed(1)} % with ${percent(last.cost)} % of the backbone's cost`
  })
  return `Test accuracy against mean inference cost: ${ends.join(', ')}.`
}

function costTicks(budgets: readonly number[], { x }: Plot): number[] {
  if (budgets.length >= 2 && budgets.length <= 6) return [...budgets]
  return roundTicks(x.low, x.high, 6)
}

/** Centred below the plot, as far as a narrow figure lets it. */
function costTitle(
  { backboneMacs }: CostCurveData,
  { left, right, bottom }: Plot,
  { colour, unit }: { colour: string; unit: CostUnit },
) {
  const hundred = backboneMacs === null ? '' : `; 100\u00a0% = ${operations(backboneMacs, unit)}`
  const title = `Inference cost (% of backbone${hundred})`
  const centre = Math.max((left + right) / 2, 8 + textWidth(title) / 2)
  return lineOfText(title, { x: centre, y: bottom + 32, colour, align: 'center' })
}

function operations(macs: number, unit: CostUnit): string {
  const count = unit === 'flops' ? 2 * macs : macs
  const [divisor, prefix] = count >= 1e9 ? [1e9, 'G'] : count >= 1e6 ? [1e6, 'M'] : [1e3, 'k']
  const digits = (count / divisor).toPrecision(3)
  return unit === 'flops' ? `${digits}\u00a0${prefix}FLOPs` : `${digits}\u00a0${prefix} multiply-adds`
}

function percent(fraction: number): string {
  return String(Number((100 * fraction).toFixed(1)))
}

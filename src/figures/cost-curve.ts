import type { EChartsOption } from 'echarts'
import { plainText } from '../shared/plain-text.ts'
import { baseOption, gridOf, horizontalAxis, tickLabels, ticksOf, verticalAxis } from './base-option.ts'
import { costAxes, macsText, macsUnit } from './cost-axis.ts'
import type { CostUnit } from './cost-axis.ts'
import type { CostCurveData } from './cost-curve-data.ts'
import { costCurveLayout, noteLineHeight } from './cost-curve-layout.ts'
import { costCurveSeries } from './cost-curve-series.ts'
import type { CostCurveView } from './cost-curve-view.ts'
import { textWidth } from './plot.ts'
import type { FigureFrame, Plot } from './plot.ts'
import { ratioTicks, roundTicks } from './ticks.ts'
import { lineOfText } from './text.ts'
import { figureColours } from './theme.ts'

/**
 * Accuracy against mean inference cost (method 7.6): lines are threshold curves with ±1 standard deviation bands over
 * seeds, dots are exits alone with error bars, the × is the bare backbone. A function of data, size and what a screen
 * adds to it alone.
 */
export function costCurveOption(data: CostCurveData, frame: FigureFrame, view: CostCurveView = {}): EChartsOption {
  const colours = figureColours[frame.theme]
  const { plot, head, costTitle, note } = costCurveLayout(data, frame, view)
  const yTicks = roundTicks(plot.y.low, plot.y.high, 8)
  const xTicks = costTicks(data, plot, view.unit ?? 'macs')
  return {
    ...baseOption(frame),
    grid: gridOf(plot, frame),
    xAxis: {
      ...horizontalAxis(plot, frame),
      ...ticksOf(xTicks, frame),
      axisLabel: { ...tickLabels(xTicks, frame), formatter: tickText(data, plot, view.unit ?? 'macs') },
    },
    yAxis: verticalAxis(plot, yTicks, frame),
    series: costCurveSeries(data, { theme: frame.theme, yTicks, view }),
    graphic: [
      ...head.draw(plot),
      ...costTitle.map((line, i) =>
        centred(line, plot, { y: plot.bottom + 32 + noteLineHeight * i, colour: colours.text }),
      ),
      ...note.map((line, i) =>
        lineOfText(line, {
          x: 8,
          y: plot.bottom + 40 + noteLineHeight * (costTitle.length + i),
          colour: colours.muted,
        }),
      ),
    ],
  }
}

/** The figure in words, for those who do not see it. */
export function costCurveSentence({ axis, series }: CostCurveData): string {
  const costOf = (cost: number) =>
    costAxes[axis].absolute ? macsText(cost, 'macs') : `${percent(cost)} % of the backbone's cost`
  const ends = series.map(({ name, curve }) => {
    const last = curve.at(-1)!
    return `${plainText(name)} ends at ${last.mean.toFixed(1)} % with ${costOf(last.cost)}`
  })
  return `Test accuracy against mean inference cost: ${ends.join(', ')}.`
}

function costTicks({ axis, budgets }: CostCurveData, { x }: Plot, unit: CostUnit): number[] {
  if (costAxes[axis].absolute) {
    const { macs } = macsUnit(x.high, unit)
    const round = x.log ? ratioTicks : roundTicks
    return round(x.low / macs, x.high / macs, 8).map((tick) => tick * macs)
  }
  if (budgets.length >= 2 && budgets.length <= 6) return [...budgets]
  return roundTicks(x.low, x.high, 6)
}

function tickText({ axis }: CostCurveData, { x }: Plot, unit: CostUnit): (cost: number) => string {
  if (!costAxes[axis].absolute) return percent
  const { macs } = macsUnit(x.high, unit)
  return (cost) => String(Number((cost / macs).toPrecision(6)))
}

/** Centred below the plot, as far as the figure's edge lets it. */
function centred(text: string, { left, right }: Plot, place: { y: number; colour: string }) {
  const x = Math.max((left + right) / 2, 8 + textWidth(text) / 2)
  return lineOfText(text, { ...place, x, align: 'center' })
}

function percent(fraction: number): string {
  return String(Number((100 * fraction).toFixed(1)))
}

import type { FigureFrame, Plot } from './plot.ts'
import { figureColours, figureFont, figureFontSize } from './theme.ts'

/** What every figure begins with: still, on the surface of its theme, in the figures' face. */
export function baseOption({ theme }: FigureFrame) {
  return {
    animation: false,
    backgroundColor: figureColours[theme].surface,
    textStyle: { fontFamily: figureFont },
  }
}

/** Where a plot is drawn, as ECharts counts it: from the four sides. */
export function gridOf({ left, right, top, bottom }: Plot, { width, height }: FigureFrame) {
  return { left, right: width - right, top, bottom: height - bottom }
}

/** The horizontal axis: a line below the plot. `ticksOf` gives it ticks. */
export function horizontalAxis({ x }: Plot, { theme }: FigureFrame) {
  const { axis } = figureColours[theme]
  return {
    type: x.log ? ('log' as const) : ('value' as const),
    min: x.low,
    max: x.high,
    axisLine: { show: true, onZero: false, lineStyle: { color: axis, width: 1 } },
    splitLine: { show: false },
  }
}

/** Short ticks of the horizontal axis with their labels. */
export function ticksOf(ticks: number[], frame: FigureFrame) {
  return {
    axisTick: {
      show: true,
      length: 4,
      lineStyle: { color: figureColours[frame.theme].axis },
      customValues: ticks,
    },
    axisLabel: tickLabels(ticks, frame),
  }
}

/** The vertical axis: labels alone, beside the grid lines that `guideLines` draws. */
export function verticalAxis({ y }: Plot, ticks: number[], frame: FigureFrame) {
  return {
    type: 'value' as const,
    min: y.low,
    max: y.high,
    axisLine: { show: false },
    axisTick: { show: false, customValues: ticks },
    axisLabel: tickLabels(ticks, frame),
    splitLine: { show: false },
  }
}

export function tickLabels(ticks: number[], { theme }: FigureFrame) {
  return {
    color: figureColours[theme].muted,
    fontSize: figureFontSize,
    fontFamily: figureFont,
    customValues: ticks,
  }
}

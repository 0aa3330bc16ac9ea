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

export function tickLabels(ticks: number[], { theme }: FigureFrame) {
  return {
    color: figureColours[theme].muted,
    fontSize: figureFontSize,
    fontFamily: figureFont,
    customValues: ticks,
  }
}

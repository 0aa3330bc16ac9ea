import type { FigureFrame, Plot } from './plot.ts'
import { figureColours, figureFont, figureFontSize } from './theme.ts'

/** Common options of all figures: no animation, background and font of the theme. */
export function baseOption({ theme }: FigureFrame) {
  return {
    animation: false,
    backgroundColor: figureColours[theme].surface,
    textStyle: { fontFamily: figureFont },
  }
}

/** Plot area as in ECharts: distances from the four sides. */
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

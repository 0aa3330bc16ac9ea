import type { EChartsOption, GraphicComponentOption } from 'echarts'
import { pixelX, pixelY, textWidth, type Plot } from '../../figures/plot.ts'
import type { FigureTheme } from '../../figures/regimes.ts'
import { lineOfText } from '../../figures/text.ts'
import { figureColours, type FigureColours } from '../../figures/theme.ts'

export interface CostCurveMarker {
  /** On the axis of the figure. */
  cost: number
  /** The task's primary metric in its unit. */
  value: number
  text: string
}

/**
 * A layer over the figure of a metric against cost, in the figure's plot: a ring where chosen thresholds lead, dashed guide lines to both
 * axes, and its name beside it where there is room. A layer of its own, so that it can move at every frame.
 */
export function costCurveMarkerOption(marker: CostCurveMarker, plot: Plot, theme: FigureTheme): EChartsOption {
  return { animation: false, backgroundColor: 'transparent', graphic: elementsOf(marker, plot, figureColours[theme]) }
}

function elementsOf(
  { cost, value, text }: CostCurveMarker,
  plot: Plot,
  colours: FigureColours,
): GraphicComponentOption[] {
  const [x, y] = [pixelX(plot, cost), pixelY(plot, value)]
  const guide = { stroke: colours.accent, lineWidth: 1, lineDash: [3, 3] }
  return [
    { type: 'line', silent: true, shape: { x1: plot.left, y1: y, x2: x - 5, y2: y }, style: guide },
    { type: 'line', silent: true, shape: { x1: x, y1: y + 5, x2: x, y2: plot.bottom }, style: guide },
    { type: 'circle', silent: true, shape: { cx: x, cy: y, r: 5 }, style: ringStyle(colours) },
    withHalo(lineOfText(text, { ...namePlace(text, { x, y }, plot), colour: colours.text, weight: 500 }), colours),
  ]
}

/** So that lines do not strike through it. */
function withHalo(element: ReturnType<typeof lineOfText>, { surface }: FigureColours): GraphicComponentOption {
  return { ...element, style: { ...element.style, stroke: surface, lineWidth: 3 } }
}

function ringStyle({ accent, surface }: FigureColours) {
  return { fill: surface, stroke: accent, lineWidth: 2 }
}

/** Above and left of the ring, where curves that rise leave room; right of it where the plot ends. */
function namePlace(text: string, { x, y }: { x: number; y: number }, { left, top }: Plot) {
  const width = textWidth(text)
  const above = y - 14 > top ? y - 14 : y + 16
  return x - width - 8 > left ? { x: x - width - 4, y: above } : { x: Math.max(x + 10, left + 4), y: above }
}

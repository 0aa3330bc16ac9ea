import type { GraphicComponentOption } from 'echarts'
import { fixed } from '../shared/format/numbers.ts'
import { divergingStep, inkOnDiverging, inkOnViridis, viridisStep, colourStepCount } from './colour-steps.ts'
import { textWidth } from './plot.ts'
import { lineOfText } from './text.ts'
import type { FigureColours } from './theme.ts'

/** Values of the colours. */
export interface ColourScale {
  low: number
  high: number
  /** Whether values have a sign that matters: `low` is −`high` then, and colours part at 0. */
  diverging?: boolean
  /** Whether there may be values above `high`, which have its colour. */
  clipped?: boolean
  /** Of the numbers that are printed. */
  decimals: number
}

const barWidth = 9
const labelGap = 4

/** Position of a value on the scale, 0…1 inside it. */
export function shareOf({ low, high }: ColourScale, value: number): number {
  return (value - low) / (high - low)
}

/** The colour of a share of the scale, 0…1. */
export function colourOf({ diverging }: Pick<ColourScale, 'diverging'>, share: number): string {
  return (diverging ? divergingStep : viridisStep)(share)
}

/** Colour of words on the colour of a share. */
export function inkOf({ diverging }: Pick<ColourScale, 'diverging'>, share: number): string {
  return (diverging ? inkOnDiverging : inkOnViridis)(share)
}

/** A value with the decimals of its scale and a true minus. */
export const scaleText = ({ decimals }: Pick<ColourScale, 'decimals'>, value: number): string => fixed(value, decimals)

/** Pixels that the bar takes with its labels. */
export function colourBarWidth(scale: ColourScale): number {
  return barWidth + labelGap + Math.max(...labelsOf(scale).map(({ text }) => textWidth(text)))
}

/** Colour bar, with labels at both ends and the middle. */
export function colourBar(
  scale: ColourScale,
  { left, top, bottom }: { left: number; top: number; bottom: number },
  { muted }: FigureColours,
): GraphicComponentOption[] {
  const edge = (step: number) => Math.round(bottom - (step / colourStepCount) * (bottom - top))
  const bars = Array.from({ length: colourStepCount }, (_, step) => ({
    type: 'rect' as const,
    silent: true,
    shape: { x: left, y: edge(step + 1), width: barWidth, height: edge(step) - edge(step + 1) },
    style: { fill: colourOf(scale, (step + 0.5) / colourStepCount) },
  }))
  const labels = labelsOf(scale).map(({ share, text }) =>
    lineOfText(text, {
      x: left + barWidth + labelGap,
      y: bottom - 5 - share * (bottom - top - 10),
      colour: muted,
    }),
  )
  return [...bars, ...labels]
}

function labelsOf(scale: ColourScale): { share: number; text: string }[] {
  const { low, high, clipped = false } = scale
  return [
    { share: 0, text: scaleText(scale, low) },
    { share: 0.5, text: scaleText(scale, (low + high) / 2) },
    { share: 1, text: `${clipped ? '≥ ' : ''}${scaleText(scale, high)}` },
  ]
}

import type { GraphicComponentOption } from 'echarts'
import { markerElement } from './markers.ts'
import type { MarkerName } from './markers.ts'
import { pixelX, pixelY } from './plot.ts'
import type { Plot } from './plot.ts'
import { spreadApart } from './spread.ts'
import { lineOfText } from './text.ts'

/** The name of a series, written behind the end of its line. */
export interface EndLabel {
  text: string
  /** Where the line ends, in axis values. */
  end: readonly [number, number]
  colour: string
  ink: string
  marker: MarkerName
  /** Colour inside a hollow marker. */
  hollow?: string | undefined
}

/** Pixels that a leader bridges between the plot and the names, marker included. */
export const endLabelGap = 40

const smallestDistance = 14

/** Names at the line ends, pushed apart so that none covers another, each with its marker and a thin leader. */
export function endLabels(labels: readonly EndLabel[], plot: Plot): GraphicComponentOption[] {
  const wanted = labels.map(({ end }) => pixelY(plot, end[1]))
  const heights = spreadApart(wanted, smallestDistance, [plot.top, plot.bottom - smallestDistance / 2])
  return labels.flatMap((label, i) => endLabel(label, plot, { from: wanted[i]!, to: heights[i]! }))
}

function endLabel(label: EndLabel, plot: Plot, height: { from: number; to: number }): GraphicComponentOption[] {
  const start = pixelX(plot, label.end[0])
  const markerX = plot.right + endLabelGap - 10
  const leader = [
    [start + 5, height.from],
    [Math.max(start + 5, plot.right + 4), height.from],
    [markerX - 9, height.to],
    [markerX - 6, height.to],
  ]
  return [
    {
      type: 'polyline',
      silent: true,
      shape: { points: leader },
      style: { stroke: label.colour, lineWidth: 0.75, opacity: 0.7, fill: 'none' },
    },
    markerElement(label.marker, { x: markerX, y: height.to, size: 8, colour: label.colour, hollow: label.hollow }),
    lineOfText(label.text, { x: plot.right + endLabelGap, y: height.to, colour: label.ink, weight: 500 }),
  ]
}

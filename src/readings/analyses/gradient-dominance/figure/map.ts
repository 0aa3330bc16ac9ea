import type { EChartsOption } from 'echarts'
import { cosineScale, cosinesText, dominanceTitle, knownCosines, measuredExits, type DominanceData } from './data.ts'
import { heatMapOption } from '../../../../figures/heat-map.ts'
import type { HeatMapAxis, HeatMapData } from '../../../../figures/heat-map-layout.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'
import { roundTicks } from '../../../../figures/ticks.ts'
import { figureColours } from '../../../../figures/theme.ts'

/** Gradient dominance as colours, exits by epochs. */
export function dominanceHeatMap(data: DominanceData, width: number): HeatMapData {
  const { epochs, phase } = data
  const exits = measuredExits(data)
  const values = exits.map(({ exit }) => epochs.map((epoch) => epoch.exits[exit]!))
  return {
    title: `${dominanceTitle}, by epoch (${phase})`,
    rows: exits.map(({ label }) => label),
    columns: epochAxis(data, width),
    values,
    ...cosineScale(values.flat()),
  }
}

/** The heat map with its axes. A function of data and size alone. */
export function dominanceMapOption(data: DominanceData, frame: FigureFrame): EChartsOption {
  return heatMapOption(dominanceHeatMap(data, frame.width), frame)
}

/** Text description of the figure. */
export function dominanceMapSentence({ epochs, phase }: DominanceData): string {
  const last = epochs.at(-1)!
  const known = knownCosines(last)
  const about = `Gradient dominance by epoch (${phase}), after epoch ${last.epoch}`
  if (known.length === 0) return `${about}: no exit has a gradient.`
  const highest = known.reduce((a, b) => (b.value > a.value ? b : a))
  return `${about}: ${cosinesText(known)}. The gradient of ${highest.label} is the most similar to the total gradient.`
}

/** Epochs side by side, each a cell; the kept one is named. */
function epochAxis({ epochs, keptEpoch }: DominanceData, width: number): HeatMapAxis {
  const values = epochs.map(({ epoch }) => epoch)
  const [first, last] = [values[0]!, values.at(-1)!]
  const [low, high] = [first - 0.5, last + 0.5]
  const round = first === last ? [first] : roundTicks(first, last, Math.max(2, Math.min(6, width / 90)))
  const kept = keptEpoch !== null && keptEpoch >= first && keptEpoch <= last ? [keptEpoch] : []
  /** Share of the axis that the name of the kept epoch takes. */
  const room = (70 / width) * (high - low)
  const clear = round.filter((tick) => Number.isInteger(tick) && kept.every((at) => Math.abs(tick - at) > room))
  return {
    values,
    low,
    high,
    ticks: [
      ...clear.map((at) => ({ at, text: String(at) })),
      ...kept.map((at) => ({
        at,
        text: `kept: ${at}`,
        colour: { light: figureColours.light.text, dark: figureColours.dark.text },
        align: alignmentOf((at - low) / (high - low)),
      })),
    ],
  }
}

/** So that a text at a place of the axis does not leave it. */
function alignmentOf(share: number): 'left' | 'center' | 'right' {
  if (share < 0.1) return 'left'
  return share > 0.9 ? 'right' : 'center'
}

import { multiplesFigure, type LandscapeMultiples } from './multiples.ts'
import { landscapeSummary, type LandscapePanel, panelName, panelNames } from './panel.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'
import { surfaceDrawing, type SurfaceLook } from './surface-drawing.ts'

/** Surfaces of all panels as a standalone SVG: one camera and one scale. A function of data, look and size alone. */
export function landscapeSurfaceSvg(data: LandscapeMultiples, look: SurfaceLook, frame: FigureFrame): string {
  const draw = (panel: LandscapePanel, box: FigureFrame) => surfaceDrawing(panel, look, box)
  return multiplesFigure(data, { frame, scale: look.scale, title: landscapeSentence(data), draw })
}

/** Text description of the figure: what all panels share is said once, and their numbers side by side. */
export function landscapeSentence({ note, panels }: LandscapeMultiples): string {
  const found = panels.flatMap((row) => row.flatMap((cell) => (cell === null ? [] : [cell.panel])))
  const about = `Loss around the trained weights along two random directions (${note})`
  if (found.length < 2) return [`${about}.`, ...found.map(panelSentence)].join(' ')
  const { shared, own } = panelNames(found)
  const numbers = found.map((panel, index) => `${own[index]}: ${panelNumbers(panel)}`)
  return `${[about, ...shared].join(', ')}. In the centre, increase to the ends of the axes, maximum (nats): ${numbers.join('; ')}.`
}

function panelNumbers(panel: LandscapePanel): string {
  const { centre, rise, highest } = landscapeSummary(panel)
  if (centre === null) return 'no value yet'
  return [centre, rise, highest].map((loss) => loss?.toFixed(2) ?? '–').join(', ')
}

/** A panel in words: its centre, and how much the loss rises. */
export function panelSentence(panel: LandscapePanel): string {
  const { centre, rise, highest } = landscapeSummary(panel)
  if (centre === null) return `${panelName(panel)}: no value yet.`
  const rises = rise === null ? '' : `, increases by ${rise.toFixed(2)} to the ends of the axes`
  return `${panelName(panel)}: ${centre.toFixed(2)} nats in the centre${rises}, at most ${highest!.toFixed(2)}.`
}

import type { SurfaceAxes } from '../../figure/surface-axes.ts'
import type { SeenPoint } from '../../figure/surface-camera.ts'
import type { FigureTheme } from '../../../../figures/regimes.ts'
import { figureColours, figureFont, figureFontSize } from '../../../../figures/theme.ts'
import { inWindowFont } from '../../../../renderer/charts/window-font.ts'

/** The ground and the ticks, which lie behind or below the surface. */
export function drawAxisLines(context: CanvasRenderingContext2D, { lines }: SurfaceAxes, theme: FigureTheme): void {
  context.strokeStyle = figureColours[theme].axis
  context.lineWidth = 0.75
  context.beginPath()
  for (const [from, to] of lines) {
    context.moveTo(from[0], from[1])
    context.lineTo(to[0], to[1])
  }
  context.stroke()
}

export function drawAxisWords(context: CanvasRenderingContext2D, { words }: SurfaceAxes, theme: FigureTheme): void {
  const { text: title, muted } = figureColours[theme]
  context.font = inWindowFont(`${figureFontSize}px ${figureFont}`)
  context.textBaseline = 'middle'
  for (const word of words) {
    context.fillStyle = word.title ? title : muted
    context.textAlign = word.align
    context.fillText(word.text, word.x, word.y)
  }
}

/** The trained weights. */
export function drawCentre(context: CanvasRenderingContext2D, [x, y]: SeenPoint): void {
  context.beginPath()
  context.arc(x, y, 3, 0, 2 * Math.PI)
  context.fillStyle = '#ffffff'
  context.fill()
  context.strokeStyle = '#000000'
  context.lineWidth = 1
  context.stroke()
}

import { contourDrawing } from './contour-drawing.ts'
import type { ContourLook } from './contour-drawing.ts'
import type { LandscapeMultiples } from './layout.ts'
import { multiplesFigure } from './multiples.ts'
import type { LandscapePanel } from './panel.ts'
import { landscapeSentence } from './surface.ts'
import type { FigureFrame } from '../../../figures/plot.ts'

/** Contours of all panels as a standalone SVG, in one scale. A function of data, look and size alone. */
export function landscapeContourSvg(data: LandscapeMultiples, look: ContourLook, frame: FigureFrame): string {
  const draw = (panel: LandscapePanel, box: FigureFrame) => contourDrawing(panel, look, box)
  return multiplesFigure(data, { frame, scale: look.scale, title: landscapeSentence(data), draw })
}

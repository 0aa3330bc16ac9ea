import type { FigureFormat } from '../../../../contract/exports.ts'
import { frameOf, type FigureLayout } from '../../../../figures/figure-layout.ts'
import type { Figure } from '../../../../figures/figure.ts'
import type { FigureFrame } from '../../../../figures/plot.ts'
import { pdfFigure } from './figure-pdf.ts'
import { pngFigure } from './figure-png.ts'
import { figureSizes, type FigureSizes } from './figure-size.ts'
import { onPaper, svgFigure, withOwnIds } from './figure-svg.ts'

const writers = {
  svg: { write: onPaper, type: 'image/svg+xml' },
  pdf: { write: pdfFigure, type: 'application/pdf' },
  png: { write: pngFigure, type: 'image/png' },
} satisfies Record<FigureFormat, { write: Write; type: string }>

type Write = (svg: string, sizes: FigureSizes) => string | Promise<Blob>

/** A figure as a file, drawn without a browser; the same bytes for the same figure, layout and format. */
export async function figureFile(
  figure: Figure,
  layout: FigureLayout,
  format: FigureFormat,
): Promise<{ name: string; bytes: Blob }> {
  return { name: `${figure.name}.${format}`, bytes: await formatted(drawnFigure(figure, layout), format) }
}

/** A figure as it is drawn, of which files of any format are made. */
export interface DrawnFigure {
  svg: string
  sizes: FigureSizes
}

export function drawnFigure(figure: Figure, layout: FigureLayout): DrawnFigure {
  const frame = frameOfFigure(figure, layout)
  const svg = 'svg' in figure ? figure.svg(frame) : svgFigure(figure.option(frame), frame, figure.sentence)
  return { svg: withOwnIds(svg), sizes: figureSizes(layout, frame) }
}

/** As high as asked for, else as the figure needs to be. */
function frameOfFigure({ height }: Figure, layout: FigureLayout): FigureFrame {
  const frame = frameOf(layout)
  return height === undefined || layout.paper?.height !== undefined ? frame : { ...frame, height: height(frame) }
}

export async function formatted({ svg, sizes }: DrawnFigure, format: FigureFormat): Promise<Blob> {
  const { write, type } = writers[format]
  return new Blob([await write(svg, sizes)], { type })
}

import type { FigureFormat } from '../../shared/contract/exports.ts'
import { frameOf, type FigureLayout } from '../../figures/figure-layout.ts'
import type { Figure } from '../../figures/figure.ts'
import { pdfFigure } from './figure-pdf.ts'
import { pngFigure } from './figure-png.ts'
import { figureSizes, type FigureSizes } from './figure-size.ts'
import { onPaper, svgFigure } from './figure-svg.ts'

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
  const { write, type } = writers[format]
  const frame = frameOf(layout)
  const svg = 'svg' in figure ? figure.svg(frame) : svgFigure(figure.option(frame), frame, figure.sentence)
  const bytes = await write(svg, figureSizes(layout, frame))
  return { name: `${figure.name}.${format}`, bytes: new Blob([bytes], { type }) }
}

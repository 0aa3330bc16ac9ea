import type { FigureFormat } from '../../shared/contract/exports.ts'
import { frameOf } from '../../figures/figure-layout.ts'
import type { FigureLayout } from '../../figures/figure-layout.ts'
import type { Figure } from '../../figures/figure.ts'
import { onPaper, svgFigure } from './figure.ts'
import type { FigureSize } from './figure.ts'
import { pdfFigure } from './figure-pdf.ts'
import { pngFigure } from './figure-png.ts'

const writers = {
  svg: { write: onPaper, type: 'image/svg+xml' },
  pdf: { write: pdfFigure, type: 'application/pdf' },
  png: { write: pngFigure, type: 'image/png' },
} satisfies Record<FigureFormat, { write: Write; type: string }>

/** `drawn`: the size in pixels that the figure was drawn at; `paper`: in points, where it was asked for. */
type Write = (svg: string, size: { drawn: FigureSize; paper: FigureSize | null }) => string | Promise<Blob>

/** A figure as a file, drawn without a browser; the same bytes for the same figure, layout and format. */
export async function figureFile(
  figure: Figure,
  layout: FigureLayout,
  format: FigureFormat,
): Promise<{ name: string; bytes: Blob }> {
  const { write, type } = writers[format]
  const frame = frameOf(layout)
  const svg = 'svg' in figure ? figure.svg(frame) : svgFigure(figure.option(frame), frame, figure.sentence)
  const bytes = await write(svg, { drawn: frame, paper: paperSize(layout, frame) })
  return { name: `${figure.name}.${format}`, bytes: new Blob([bytes], { type }) }
}

/** Points. */
function paperSize({ paper }: FigureLayout, { width, height }: FigureSize): FigureSize | null {
  return paper === undefined ? null : { width: paper.width, height: paper.height ?? (paper.width / width) * height }
}

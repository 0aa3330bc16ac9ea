import type { EChartsOption } from 'echarts'
import type { FigureFormat } from '../../shared/contract/exports.ts'
import type { FigureFrame } from '../../shared/figures/plot.ts'
import { svgFigure } from './figure.ts'
import { pdfFigure } from './figure-pdf.ts'
import { pngFigure } from './figure-png.ts'

/** A figure as every writer takes it: what ECharts draws, or a standalone SVG that says its sentence itself. */
export type ExportFigure = {
  /** Of the file, without its ending. */
  name: string
  /** The figure in words. */
  sentence: string
} & ({ option: (frame: FigureFrame) => EChartsOption } | { svg: (frame: FigureFrame) => string })

const writers = {
  svg: { write: (svg) => svg, type: 'image/svg+xml' },
  pdf: { write: pdfFigure, type: 'application/pdf' },
  png: { write: pngFigure, type: 'image/png' },
} satisfies Record<FigureFormat, { write: (svg: string, frame: FigureFrame) => string | Promise<Blob>; type: string }>

/** A figure as a file, drawn without a browser; the same bytes for the same figure, frame and format. */
export async function figureFile(
  figure: ExportFigure,
  frame: FigureFrame,
  format: FigureFormat,
): Promise<{ name: string; bytes: Blob }> {
  const { write, type } = writers[format]
  const svg = 'svg' in figure ? figure.svg(frame) : svgFigure(figure.option(frame), frame, figure.sentence)
  const bytes = await write(svg, frame)
  return { name: `${figure.name}.${format}`, bytes: new Blob([bytes], { type }) }
}

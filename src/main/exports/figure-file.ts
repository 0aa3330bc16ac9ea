import type { FigureFormat } from '../../shared/contract/exports.ts'
import { frameOf, type FigureLayout } from '../../figures/figure-layout.ts'
import type { Figure } from '../../figures/figure.ts'
import { Buffer } from 'node:buffer'
import PDFDocument from 'pdfkit'
import SVGtoPDF from 'svg-to-pdfkit'
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GraphicComponent, GridComponent, MarkLineComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { EChartsOption } from 'echarts'
import { plainText } from '../../shared/plain-text.ts'
import { fileURLToPath } from 'node:url'

const writers = {
  svg: { write: onPaper, type: 'image/svg+xml' },
  pdf: { write: pdfFigure, type: 'application/pdf' },
  png: { write: pngFigure, type: 'image/png' },
} satisfies Record<FigureFormat, { write: Write; type: string }>

/** `drawn`: size of the figure in pixels; `paper`: in points, if requested. */
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

/** A figure as a page of its own size, without one on paper a pixel a point, its fonts embedded; the same bytes for the same SVG and size. */
async function pdfFigure(
  svg: string,
  { drawn, paper }: { drawn: FigureSize; paper: FigureSize | null },
): Promise<Blob> {
  const { width, height } = paper ?? drawn
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    font: figureFonts.regular,
    info: { Title: titleOf(svg), Creator: 'Exitlab', CreationDate: new Date(0) },
  })
  const pieces: Uint8Array<ArrayBuffer>[] = []
  document.on('data', (piece: Buffer) => pieces.push(new Uint8Array(piece)))
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  document.scale(width / drawn.width)
  SVGtoPDF(document, withEveryGlyph(asMedium(svg), document), 0, 0, {
    assumePt: true,
    fontCallback: (_, bold) => (bold ? figureFonts.medium : figureFonts.regular),
    warningCallback: (message) => {
      throw new Error(`A figure could not be drawn as PDF: ${message}`)
    },
  })
  document.end()
  await ended
  return new Blob(pieces)
}

function titleOf(svg: string): string {
  const title = /<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? ''
  return title.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

/** Weights between regular and bold are lost on the way, and nothing in a figure is bold: bold stands for them. */
function asMedium(svg: string): string {
  return svg.replaceAll('font: 500 ', 'font: bold ')
}

/** Characters missing in the font are printed as their code, `[U+4E2D]`, instead of an empty box. */
function withEveryGlyph(svg: string, document: PDFKit.PDFDocument): string {
  // The font that PDFKit opened; its types leave it out.
  const { font } = (document as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font
  return svg.replaceAll(/>([^<]+)</g, (_, text: string) => {
    const known = [...text].map((character) => {
      const code = character.codePointAt(0)!
      return code < 128 || font.hasGlyphForCodePoint(code)
        ? character
        : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
    })
    return `>${known.join('')}<`
  })
}

/** Pixels of the picture for one of a figure on a screen … */
const screenScale = 2
/** … and on paper. */
const pixelsPerInch = 300
/** Pixels an inch at which an SVG is drawn as large as it says. */
const plainDensity = 72

/** A figure as a picture of twice its size on a screen, or of 300 pixels an inch on paper. */
async function pngFigure(
  svg: string,
  { drawn, paper }: { drawn: FigureSize; paper: FigureSize | null },
): Promise<Blob> {
  const scale = paper === null ? screenScale : (pixelsPerInch / plainDensity) * (paper.width / drawn.width)
  // Read once, when the library is loaded.
  process.env['FONTCONFIG_FILE'] ??= fontConfiguration
  const { default: sharp } = await import('sharp')
  const picture = sharp(Buffer.from(svg), { density: scale * plainDensity })
    .resize(Math.round(scale * drawn.width), Math.round(scale * drawn.height))
    .png({ compressionLevel: 9 })
  const bytes = await (paper === null ? picture : picture.withMetadata({ density: pixelsPerInch })).toBuffer()
  return new Blob([new Uint8Array(bytes)])
}

use([BarChart, CustomChart, LineChart, ScatterChart, GraphicComponent, GridComponent, MarkLineComponent, SVGRenderer])

interface FigureSize {
  /** Pixels. */
  width: number
  height: number
}

/**
 * Draws a figure without a browser: a standalone SVG document, the same bytes for the same option and size.
 * `description` says in words what it shows.
 */
export function svgFigure(option: EChartsOption, { width, height }: FigureSize, description: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption(option)
    return standalone(chart.renderToSVGString(), description)
  } finally {
    // Without this the process would never end: the chart keeps a timer.
    chart.dispose()
  }
}

/** The same drawing with its size on paper. */
function onPaper(svg: string, { paper }: { paper: FigureSize | null }): string {
  if (paper === null) return svg
  const points = (length: number) => `${Number(length.toFixed(2))}pt`
  const size = `width="${points(paper.width)}" height="${points(paper.height)}"`
  return svg.replace(/(?<=^<svg[^>]*) width="[^"]*" height="[^"]*"/, ` ${size}`)
}

/** Takes out what serves a live page only (hover styles, data indices) and the chart counter in ids, and puts the description in. */
function standalone(svg: string, description: string): string {
  // XML has no control characters, not even as entities.
  const title = `<title>${plainText(description).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)}</title>`
  return svg
    .replace(/<style\b[^>]*>[^]*?<\/style>\s*/g, '')
    .replace(/<[^<>]*>/g, (tag) =>
      tag.replace(/ (?:ecmeta_\w+|class)="[^"]*"/g, '').replace(/(id="|url\(#)zr\d+-/g, '$1'),
    )
    .replace(/^<svg[^>]*>/, (tag) => `${tag.slice(0, -1)} role="img">\n${title}`)
}

const path = (name: string) => fileURLToPath(new URL(`../../../resources/fonts/${name}`, import.meta.url))

/** The face that figures are drawn with where it has to be brought along: Arimo, of the same widths as Helvetica and Arial. */
const figureFonts = { regular: path('Arimo-Regular.ttf'), medium: path('Arimo-Medium.ttf') }

/** Makes fontconfig find that face first. */
const fontConfiguration = path('fonts.conf')

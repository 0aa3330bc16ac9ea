import type { Buffer } from 'node:buffer'
import PDFDocument from 'pdfkit'
import SVGtoPDF from 'svg-to-pdfkit'
import type { FigureSizes } from './figure-size.ts'
import { fonts } from './fonts.ts'

/** A figure as a page of its own size, without one on paper a pixel a point, its fonts embedded; the same bytes for the same SVG and size. */
export async function pdfFigure(svg: string, { drawn, paper }: FigureSizes): Promise<Blob> {
  const { width, height } = paper ?? drawn
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    font: fonts.regular,
    info: { Title: titleOf(svg), Creator: 'Exitlab', CreationDate: new Date(0) },
  })
  const pieces: Uint8Array<ArrayBuffer>[] = []
  document.on('data', (piece: Buffer) => pieces.push(new Uint8Array(piece)))
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  document.scale(width / drawn.width)
  SVGtoPDF(document, withEveryGlyph(asMedium(svg), document), 0, 0, {
    assumePt: true,
    fontCallback: (_, bold) => (bold ? fonts.medium : fonts.regular),
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

/** svg-to-pdfkit has no weights between regular and bold; figures contain no bold text, so semi-bold is mapped to bold. */
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

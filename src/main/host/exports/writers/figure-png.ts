import { Buffer } from 'node:buffer'
import type { FigureSizes } from './figure-size.ts'
import { fontConfiguration } from './fonts.ts'

/** Pixels of the picture for one of a figure on a screen … */
const screenScale = 2
/** … and on paper. */
const pixelsPerInch = 300
/** Pixels an inch at which an SVG is drawn as large as it says. */
const plainDensity = 72

/** A figure as a picture of twice its size on a screen, or of 300 pixels an inch on paper. */
export async function pngFigure(svg: string, { drawn, paper }: FigureSizes): Promise<Blob> {
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

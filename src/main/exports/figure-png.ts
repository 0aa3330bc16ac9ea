import { Buffer } from 'node:buffer'
import type { FigureSize } from './figure.ts'
import { fontConfiguration } from './fonts.ts'

/** Pixels of the picture for one of the figure. */
const scale = 2
/** Pixels an inch at which an SVG is drawn as large as it says. */
const plainDensity = 72

/** A figure as a picture of twice its size. */
export async function pngFigure(svg: string, { width, height }: FigureSize): Promise<Blob> {
  // Read once, when the library is loaded.
  process.env['FONTCONFIG_FILE'] ??= fontConfiguration
  const { default: sharp } = await import('sharp')
  const bytes = await sharp(Buffer.from(svg), { density: scale * plainDensity })
    .resize(scale * width, scale * height)
    .png({ compressionLevel: 9 })
    .toBuffer()
  return new Blob([new Uint8Array(bytes)])
}

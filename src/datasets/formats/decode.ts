import { isMainThread } from 'node:worker_threads'
import sharp from 'sharp'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Picture, Window } from '../../engine/data/resample.ts'
import type { JpegDecoder } from '../../engine/tensorflow/jpeg-decoder.ts'
import { readWholeSync } from './files.ts'
import { isComplete, jpegHeader } from './jpeg-header.ts'

// The images of a data set are decoded side by side already, and each but once.
sharp.concurrency(1)
sharp.cache(false)
// Whatever a file is called: nothing else is drawn, and no other reader is given hostile bytes. This holds for the whole process:
// a thread that said it again would block, for a moment, what another one is decoding.
if (isMainThread) {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] })
}

/** As torchvision's loader takes them: damage that loses pixels is an error, a mere warning is not; colour profiles are not applied. */
const asPillow = { failOn: 'error', ignoreIcc: true } as const

export type ImageSize = Pick<Picture, 'height' | 'width'>
type Rows = Pick<Window, 'top' | 'height'>

export interface Decoding {
  /** Rows that are needed of an image of a size; of a JPEG file the others are left out, and those below them not decoded. */
  rowsOf?: ((size: ImageSize) => Rows) | undefined
  /** Decodes most JPEG files in half the time, where the process has TensorFlow open. */
  jpegs?: JpegDecoder | null | undefined
}

/**
 * Pixels [height, width, red–green–blue] of a JPEG or PNG file at its own size, the same bytes as from Pillow. Grey images get three
 * equal channels, 16 bits are truncated to 8, transparency is dropped; the orientation in Exif is ignored.
 * @throws ExitlabError `data` naming a damaged file.
 */
export function decodePicture(path: string, rowsOf?: Decoding['rowsOf']): Promise<Picture> {
  return usePicture(path, { rowsOf }, (picture) => picture)
}

/** Calls `use` with the same pixels; a decoder writes over them when it has returned. */
export async function usePicture<T>(
  path: string,
  { rowsOf, jpegs }: Decoding,
  use: (picture: Picture) => T,
): Promise<T> {
  const file = readWholeSync(path)
  const picture = jpegs && decodeJpeg(file, jpegs, rowsOf)
  return use(picture ?? (await decoding(path, () => decodeFile(file, rowsOf))))
}

/** null: sharp is to decode it, or to say what is damaged (docs/decisions/016-two-decoders.md). */
function decodeJpeg(file: Uint8Array, jpegs: JpegDecoder, rowsOf: Decoding['rowsOf']): Picture | null {
  const header = jpegHeader(file)
  if (!header?.isUsual || !isComplete(file, header)) return null
  const rows = rowsOf?.(header) ?? { top: 0, height: header.height }
  const bytes = jpegs.rows(file, { top: rows.top, height: rows.height, width: header.width })
  return bytes && rowsFrom(rows.top, bytes, header)
}

/**
 * Why an image cannot be decoded; null where it can. The libraries share their last message: of images decoded at the same time, one
 * may get the words of another. @throws ExitlabError `data` where its file cannot be read.
 */
export async function faultOfImage(path: string): Promise<string | null> {
  const file = readWholeSync(path)
  return decodeFile(file).then(() => null, reasonOf)
}

async function decodeFile(file: Uint8Array, rowsOf?: (size: ImageSize) => Rows): Promise<Picture> {
  const header = jpegHeader(file)
  if (header?.components === 4) return decodeCmyk(file)
  const image = sharp(file, asPillow).toColourspace('srgb').removeAlpha().raw()
  // A file that is cut short is decoded to where it ends, to be refused.
  const rows = rowsOf && header && isComplete(file, header) ? rowsOf(header) : null
  if (rows === null || header === null) return pictureOf(await image.toBuffer({ resolveWithObject: true }))
  const bytes = await image.extract({ left: 0, top: rows.top, width: header.width, height: rows.height }).toBuffer()
  return rowsFrom(rows.top, bytes, header)
}

/** An image of which rows from `top` on are there. */
function rowsFrom(top: number, bytes: Uint8Array, { height, width }: ImageSize): Picture {
  return { bytes, start: 0 - top * width * 3, height, width, channels: 3 }
}

async function decodeCmyk(file: Uint8Array): Promise<Picture> {
  const image = sharp(file, asPillow).pipelineColourspace('cmyk').toColourspace('cmyk')
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return pictureOf({ data: inRgb(data), info })
}

const pictureOf = ({ data, info }: { data: Uint8Array; info: ImageSize }) => rowsFrom(0, data, info)

/** Without a colour profile, as Pillow converts. */
function inRgb(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3)
  for (let from = 0, to = 0; from < cmyk.length; from += 4) {
    const light = 255 - cmyk[from + 3]!
    for (let ink = 0; ink < 3; ink++) rgb[to++] = light - Math.round((cmyk[from + ink]! * light) / 255)
  }
  return rgb
}

async function decoding<T>(path: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode()
  } catch (error) {
    throw new ExitlabError(
      'data',
      `data.path: ${path} cannot be decoded as JPEG or PNG (${reasonOf(error)}); replace the file or remove it`,
      {
        cause: error,
      },
    )
  }
}

const reasonOf = (error: unknown) => (error as Error).message.trim().replaceAll('\n', '; ')

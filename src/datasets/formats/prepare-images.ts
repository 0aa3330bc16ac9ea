import { createImageWriter, cropOf, framedShape } from '../../engine/data/augmentation/index.ts'
import type { PreparedImages } from '../../engine/data/streamed-images.ts'
import type { ImageShape } from '../../engine/data/pixel-writer.ts'
import { type Picture, resizedCentre } from '../../engine/data/resample.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { JpegDecoder } from '../../engine/tensorflow/jpeg-decoder.ts'
import { type Decoding, type ImageSize, usePicture } from './decode.ts'

/** A file of an image, or its bytes [height, width, channels]. */
export type ImageSource = { path: string } | Omit<Picture, 'start'>

/** How images are brought to one size. */
export interface Sizing {
  shape: ImageShape
  /** Whether images of another size are scaled and cropped rather than refused. */
  resize: boolean
}

/** How images become values of a network. */
export type ImageFraming = Omit<PreparedImages, 'positions'>

/** Images that are wanted at their size. */
export interface ImageWork extends Sizing {
  sources: ImageSource[]
  /** null: their bytes are wanted. */
  framing: ImageFraming | null
  /** Where they are written, one after the other: memory that threads share. */
  target: Target
}

export type Target = Uint8Array | Float32Array

/** Reads images and writes their bytes, or their normalised values. @throws ExitlabError `data` naming the file that is damaged or of another size. */
export async function prepareImages(
  { sources, framing, target, ...sizing }: ImageWork,
  jpegs: JpegDecoder | null,
): Promise<void> {
  const writing = { sizing, target, jpegs }
  if (framing) await writeFrames(sources, { framing, ...writing })
  else await writeBytes(sources, writing)
}

interface Writing {
  sizing: Sizing
  target: Target
  jpegs: JpegDecoder | null
}

async function writeBytes(sources: readonly ImageSource[], { sizing, target, jpegs }: Writing): Promise<void> {
  const size = valuesOf(sizing.shape)
  for (const [place, source] of sources.entries()) {
    await withPicture(source, { jpegs }, (picture) => target.set(sized(picture, source, sizing).bytes, place * size))
  }
}

async function writeFrames(
  sources: readonly ImageSource[],
  { framing: { drawn, ...options }, sizing, target, jpegs }: Writing & { framing: ImageFraming },
): Promise<void> {
  const size = valuesOf(framedShape(sizing.shape, options.pad))
  const write = createImageWriter({ shape: sizing.shape, ...options })
  for (const [place, source] of sources.entries()) {
    const frame = target.subarray(place * size, (place + 1) * size) as Float32Array
    const { resizedCrop } = drawn[place]!
    const rowsOf = resizedCrop === null ? undefined : (picture: ImageSize) => cropOf(picture, resizedCrop)
    await withPicture(source, { rowsOf, jpegs }, (picture) =>
      write(rowsOf ? picture : sized(picture, source, sizing), drawn[place]!, frame),
    )
  }
}

const valuesOf = ({ height, width, channels }: ImageShape) => height * width * channels

async function withPicture(source: ImageSource, decoding: Decoding, use: (picture: Picture) => void): Promise<void> {
  if ('path' in source) await usePicture(source.path, decoding, use)
  else use({ ...source, start: 0 })
}

function sized(picture: Picture, source: ImageSource, { shape, resize }: Sizing): Picture {
  const { height, width } = shape
  if (picture.height === height && picture.width === width) return picture
  if (resize) return { ...picture, ...shape, bytes: resizedCentre(picture, height) }
  throw new ExitlabError(
    'data',
    `data.path: ${'path' in source ? source.path : 'an image'} is ${picture.height} × ${picture.width} pixels; ` +
      `expected ${height} × ${width} as for the others; set data.imageSize to bring all images to one size`,
  )
}

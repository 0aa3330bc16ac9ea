import { createImageWriter, framedShape } from '../../engine/data/augmentation/index.ts'
import type { PreparedImages } from '../../engine/data/streamed-images.ts'
import type { ImageShape } from '../../engine/data/pixel-writer.ts'
import { type Picture, resizedCentre } from '../../engine/data/resample.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { decodePicture } from './decode.ts'

/** A file of an image, or its bytes [height, width, channels]. */
export type ImageSource = { path: string } | Omit<Picture, 'start'>

/** How images are brought to one size. */
export interface Sizing {
  shape: ImageShape
  /** Whether images of another size are scaled and cropped rather than refused. */
  resize: boolean
}

/** Images that are wanted at their size: their bytes, or as a network takes them. */
export interface ImageWork extends Sizing {
  sources: ImageSource[]
  frames: Omit<PreparedImages, 'positions'> | null
}

/** [sources, height, width, channels], bytes or normalised values. @throws ExitlabError `data` naming the file that is damaged or of another size. */
export async function prepareImages(work: ImageWork): Promise<Uint8Array | Float32Array> {
  return work.frames ? framesOf(work, work.frames) : bytesOf(work)
}

async function bytesOf({ sources, ...sizing }: ImageWork): Promise<Uint8Array> {
  const size = valuesOf(sizing.shape)
  const images = new Uint8Array(sources.length * size)
  for (const [place, source] of sources.entries()) {
    const { bytes } = sized(await pictureOf(source), source, sizing)
    images.set(bytes, place * size)
  }
  return images
}

async function framesOf(
  { sources, ...sizing }: ImageWork,
  { drawn, ...options }: Omit<PreparedImages, 'positions'>,
): Promise<Float32Array> {
  const size = valuesOf(framedShape(sizing.shape, options.pad))
  const write = createImageWriter({ shape: sizing.shape, ...options })
  const frames = new Float32Array(sources.length * size)
  for (const [place, source] of sources.entries()) {
    const picture = await pictureOf(source)
    const each = drawn[place]!
    const taken = each.resizedCrop === null ? sized(picture, source, sizing) : picture
    write(taken, each, frames.subarray(place * size, (place + 1) * size))
  }
  return frames
}

const valuesOf = ({ height, width, channels }: ImageShape) => height * width * channels

async function pictureOf(source: ImageSource): Promise<Picture> {
  return 'path' in source ? decodePicture(source.path) : { ...source, start: 0 }
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

import type { Augmentation } from '../../../shared/data/augmentations.ts'
import type { Stream } from '../../random.ts'
import type { Normalisation } from '../normalisation.ts'
import { createPixelWriter, type ImageShape, type Placement } from '../pixel-writer.ts'
import type { Picture, Window } from '../resample.ts'
import type { Canvas } from './canvas.ts'
import { drawErased, erase } from './random-erasing.ts'
import { cropAtRandom } from './resized-crop.ts'
export { cropOf } from './resized-crop.ts'
import { applyOperation, drawOperation, type DrawnOperation } from './trivial-augment.ts'

/** What a preset does to an image, in this order (method 5.2). */
interface Steps {
  /** A random part of the image, scaled to the size of the images. */
  resizedCrop?: true
  /** An operation of TrivialAugmentWide. */
  operation?: true
  /** A crop of the same size, anywhere in the image with an eighth of its side in zeros around it. */
  crop?: true
  flip?: true
  /** Of a rectangle, after normalisation. */
  erasing?: true
}

/** Every augmentation preset. */
const augmentations: Record<Augmentation, Steps> = {
  none: {},
  'crop-flip': { crop: true, flip: true },
  'trivial-augment': { operation: true, erasing: true },
  'trivial-augment-crop': { operation: true, crop: true, erasing: true },
  'resized-crop-flip': { resizedCrop: true, flip: true },
  'resized-crop-trivial-augment': { resizedCrop: true, operation: true, erasing: true },
}

/** Whether images are needed at the size of their files. */
export const cropsOriginals = (augmentation: Augmentation) => augmentations[augmentation].resizedCrop === true

/** What was drawn for an image: plain data, so that it can be done elsewhere. */
export interface DrawnAugmentation {
  /** Number that the resized crop follows from. */
  resizedCrop: number | null
  operation: DrawnOperation | null
  /** Shift of the image within its frame. */
  shift: { down: number; across: number }
  flip: boolean
  erased: Window | null
}

/** Draws what becomes of an image, from the stream alone. `frame`: the image with its padding. */
export function drawAugmentation(augmentation: Augmentation, frame: ImageShape, random: Stream): DrawnAugmentation {
  const { resizedCrop, operation, crop, flip, erasing } = augmentations[augmentation]
  return {
    resizedCrop: resizedCrop ? random.next() : null,
    operation: operation ? drawOperation(random) : null,
    shift: crop ? drawShift(frame, random) : { down: 0, across: 0 },
    flip: flip === true && random.integer(2) === 1,
    erased: erasing ? drawErased(frame, random) : null,
  }
}

/** 4 pixels each way at 32 × 32, 8 at 64 × 64. */
function drawShift({ height, width }: ImageShape, random: Stream): DrawnAugmentation['shift'] {
  const [mostDown, mostAcross] = [Math.round(height / 8), Math.round(width / 8)]
  const down = random.integer(2 * mostDown + 1) - mostDown
  return { down, across: random.integer(2 * mostAcross + 1) - mostAcross }
}

export interface WriterOptions {
  /** Of images without padding. */
  shape: ImageShape
  /** Zero pixels on each side. */
  pad: number
  normalisation: Normalisation
}

/** Writes an image of the shape, or of any size where it is cropped to it, into a batch: augmented, padded and normalised. */
type ImageWriter = (picture: Picture, drawn: DrawnAugmentation, target: Float32Array) => void

export function createImageWriter({ shape, pad, normalisation }: WriterOptions): ImageWriter {
  const frame = framedShape(shape, pad)
  const size = frame.height * frame.width * frame.channels
  const canvas: Canvas = { ...frame, source: new Uint8Array(size), target: new Uint8Array(size) }
  const writer = createPixelWriter(shape, pad, normalisation)
  const frameWriter = createPixelWriter(frame, 0, normalisation)
  return (picture, { resizedCrop, operation, shift, flip, erased }, target) => {
    const placed = (inset: number): Placement => ({ top: inset + shift.down, left: inset + shift.across, flip })
    const image = resizedCrop === null ? picture : { bytes: cropAtRandom(picture, resizedCrop, shape), start: 0 }
    if (operation === null) writer.write(image, placed(pad), target)
    else {
      frameImage(image, { shape, pad, canvas })
      applyOperation(operation, canvas)
      frameWriter.write({ bytes: canvas.target, start: 0 }, placed(0), target)
    }
    if (erased !== null) erase(target, frame, erased)
  }
}

export function framedShape({ height, width, channels }: ImageShape, pad: number): ImageShape {
  return { height: height + 2 * pad, width: width + 2 * pad, channels }
}

interface Framing {
  shape: ImageShape
  pad: number
  canvas: Canvas
}

/** Copies an image to the centre of the canvas, whose border stays black. */
function frameImage({ bytes, start }: Pick<Picture, 'bytes' | 'start'>, { shape, pad, canvas }: Framing): void {
  const stride = shape.width * shape.channels
  for (let row = 0; row < shape.height; row++) {
    const from = start + row * stride
    canvas.source.set(bytes.subarray(from, from + stride), ((row + pad) * canvas.width + pad) * shape.channels)
  }
}

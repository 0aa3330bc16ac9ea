import type { Stream } from '../../random.ts'
import type { AugmentationPreset, ImageBytes, ImageShape } from '../pixel-writer.ts'
import { createPixelWriter } from '../pixel-writer.ts'
import type { Canvas, Operation } from './canvas.ts'
import { identity } from './canvas.ts'
import { rotate, shearX, shearY, translateX, translateY } from './geometric.ts'
import { eraseAtRandom } from './random-erasing.ts'
import { autoContrast, brightness, colour, contrast, equalize, posterize, sharpness, solarize } from './tonal.ts'

/** TrivialAugmentWide on the padded bytes; normalised; then random erasing (method 5.2, the preset for transformers). */
export const trivialAugment: AugmentationPreset = ({ shape, pad, normalisation }) => {
  const { height, width, channels } = shape
  const frame = { height: height + 2 * pad, width: width + 2 * pad, channels }
  const size = frame.height * frame.width * channels
  const canvas: Canvas = { ...frame, source: new Uint8Array(size), target: new Uint8Array(size) }
  const { write } = createPixelWriter(frame, 0, normalisation)
  return (image, target, random) => {
    frameImage(image, { shape, pad, canvas })
    const { apply, magnitude } = drawOperation(random)
    apply(canvas, magnitude)
    write({ bytes: canvas.target, start: 0 }, { top: 0, left: 0, flip: false }, target)
    eraseAtRandom(target, frame, random)
  }
}

/** Copies an image to the centre of the canvas, whose border stays black. */
function frameImage({ bytes, start }: ImageBytes, options: { shape: ImageShape; pad: number; canvas: Canvas }): void {
  const { shape, pad, canvas } = options
  const stride = shape.width * shape.channels
  for (let row = 0; row < shape.height; row++) {
    const from = start + row * stride
    canvas.source.set(bytes.subarray(from, from + stride), ((row + pad) * canvas.width + pad) * shape.channels)
  }
}

/** Number of strengths of each operation. */
export const strengths = 31

interface TrivialOperation {
  name: string
  /** Magnitude of a strength of 0 … 30 for the operation. */
  magnitude(strength: number): number
  /** Whether the magnitude may as well be negative. */
  signed: boolean
  apply: Operation
}

const none = () => 0

/** Equally spaced from first to last, in single precision as PyTorch's are: counted from the nearer end. */
function between(first: number, last: number): (strength: number) => number {
  const steps = strengths - 1
  const end = Math.fround(last)
  const step = Math.fround((end - first) / steps)
  return (strength) => Math.fround(strength < steps / 2 ? first + step * strength : end - step * (steps - strength))
}

/** 8 bits at strength 0 down to 2 at 30, in steps of 5 strengths; a half rounds to the even number. */
function bits(strength: number): number {
  const removed = strength / 5
  const floor = Math.floor(removed)
  const half = removed - floor === 0.5
  return 8 - (half ? floor + (floor % 2) : Math.round(removed))
}

/** The fourteen operations of TrivialAugmentWide (Müller and Hutter 2021) in torchvision's ranges (method 5.2). */
export const trivialOperations: readonly TrivialOperation[] = [
  { name: 'Identity', magnitude: none, signed: false, apply: identity },
  { name: 'ShearX', magnitude: between(0, 0.99), signed: true, apply: shearX },
  { name: 'ShearY', magnitude: between(0, 0.99), signed: true, apply: shearY },
  { name: 'TranslateX', magnitude: between(0, 32), signed: true, apply: translateX },
  { name: 'TranslateY', magnitude: between(0, 32), signed: true, apply: translateY },
  { name: 'Rotate', magnitude: between(0, 135), signed: true, apply: rotate },
  { name: 'Brightness', magnitude: between(0, 0.99), signed: true, apply: brightness },
  { name: 'Color', magnitude: between(0, 0.99), signed: true, apply: colour },
  { name: 'Contrast', magnitude: between(0, 0.99), signed: true, apply: contrast },
  { name: 'Sharpness', magnitude: between(0, 0.99), signed: true, apply: sharpness },
  { name: 'Posterize', magnitude: bits, signed: false, apply: posterize },
  { name: 'Solarize', magnitude: between(255, 0), signed: false, apply: solarize },
  { name: 'AutoContrast', magnitude: none, signed: false, apply: autoContrast },
  { name: 'Equalize', magnitude: none, signed: false, apply: equalize },
]

/** One operation at random, at a random strength, and either sign where it has one. */
export function drawOperation(random: Stream): { apply: Operation; magnitude: number } {
  const { magnitude, signed, apply } = trivialOperations[random.integer(trivialOperations.length)]!
  const size = magnitude(random.integer(strengths))
  const negative = random.integer(2) === 1
  return { apply, magnitude: signed && negative ? -size : size }
}

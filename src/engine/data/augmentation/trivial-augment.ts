import type { Stream } from '../../random.ts'
import { roundedToEven } from '../resample.ts'
import type { Canvas, Operation } from './canvas.ts'
import { identity } from './canvas.ts'
import { rotate, shearX, shearY, translateX, translateY } from './geometric.ts'
import { autoContrast, brightness, colour, contrast, equalize, posterize, sharpness, solarize } from './tonal.ts'

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

/** 8 bits at strength 0 down to 2 at 30, in steps of 5 strengths. */
const bits = (strength: number) => 8 - roundedToEven(strength / 5)

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

/** An operation by its place in `trivialOperations`. */
export interface DrawnOperation {
  operation: number
  magnitude: number
}

/** One operation at random, at a random strength, and either sign where it has one. */
export function drawOperation(random: Stream): DrawnOperation {
  const operation = random.integer(trivialOperations.length)
  const { magnitude, signed } = trivialOperations[operation]!
  const size = magnitude(random.integer(strengths))
  const negative = random.integer(2) === 1
  return { operation, magnitude: signed && negative ? -size : size }
}

/** Does it to the source of a canvas. */
export function applyOperation({ operation, magnitude }: DrawnOperation, canvas: Canvas): void {
  trivialOperations[operation]!.apply(canvas, magnitude)
}

import type { Stream } from '../../random.ts'
import type { ImageShape } from '../pixel-writer.ts'
import type { Window } from '../resample.ts'

const probability = 0.1
const [smallestArea, largestArea] = [0.02, 0.33]
const [lowestAspect, highestAspect] = [Math.log(0.3), Math.log(3.3)]
const attempts = 10

/**
 * A random rectangle of one image in ten: 2 % to 33 % of the area, its height 0.3 to 3.3 times its width, anywhere inside
 * (Zhong 2020, in torchvision's ranges; method 5.2). Null for the others.
 */
export function drawErased(shape: ImageShape, random: Stream): Window | null {
  return random.uniform() < probability ? drawRectangle(shape, random) : null
}

/** Null where ten attempts in a row gave none that fits. */
export function drawRectangle({ height, width }: ImageShape, random: Stream): Window | null {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const area = height * width * between(smallestArea, largestArea, random)
    const aspect = Math.exp(between(lowestAspect, highestAspect, random))
    const rows = Math.round(Math.sqrt(area * aspect))
    const columns = Math.round(Math.sqrt(area / aspect))
    if (rows >= height || columns >= width) continue
    const [top, left] = [random.integer(height - rows + 1), random.integer(width - columns + 1)]
    return { top, left, height: rows, width: columns }
  }
  return null
}

const between = (low: number, high: number, random: Stream) => low + (high - low) * random.uniform()

/** Sets a rectangle to 0, the mean where images are normalised. */
export function erase(image: Float32Array, { width, channels }: ImageShape, rectangle: Window): void {
  for (let row = rectangle.top; row < rectangle.top + rectangle.height; row++) {
    const start = (row * width + rectangle.left) * channels
    image.fill(0, start, start + rectangle.width * channels)
  }
}

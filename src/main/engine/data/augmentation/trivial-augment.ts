import type { ImageBytes, ImageShape } from '../pixel-writer.ts'
import { createPixelWriter } from '../pixel-writer.ts'
import type { AugmentationPreset } from './augmentation.ts'
import type { Canvas } from './canvas.ts'
import { eraseAtRandom } from './random-erasing.ts'
import { drawOperation } from './trivial-operations.ts'

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

/** Copies an image into the middle of the canvas, whose border stays black. */
function frameImage({ bytes, start }: ImageBytes, options: { shape: ImageShape; pad: number; canvas: Canvas }): void {
  const { shape, pad, canvas } = options
  const stride = shape.width * shape.channels
  for (let row = 0; row < shape.height; row++) {
    const from = start + row * stride
    canvas.source.set(bytes.subarray(from, from + stride), ((row + pad) * canvas.width + pad) * shape.channels)
  }
}

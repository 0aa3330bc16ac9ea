import type { Mixing } from '../../shared/data/data.ts'
import type { Stream } from '../random.ts'
import { symmetricBeta } from '../random.ts'
import type { ImageShape } from './pixel-writer.ts'

/** Mixing of an image with its partner in the batch. λ: share of the image itself. */
export type Blend = { method: 'mixup'; lambda: number } | { method: 'cutmix'; lambda: number; box: Box }

/** Rows top … bottom − 1 and columns left … right − 1. */
interface Box {
  top: number
  bottom: number
  left: number
  right: number
}

/**
 * Mixes images [size, height, width, channels] in place, each with its mirror in the batch (image i with size − 1 − i), by
 * Mixup (Zhang 2018: λx + (1 − λ)x') or CutMix (Yun 2019: a box of x' pasted into x), as timm does (method 5.3). The size is
 * even. Returns each image's own share λ, for its targets.
 */
export function mixImages(images: Float32Array, { shape, mixing, random }: MixOptions): Float32Array {
  const valuesPerImage = shape.height * shape.width * shape.channels
  const size = images.length / valuesPerImage
  const originals = images.slice()
  const lambdas = new Float32Array(size)
  const part = (values: Float32Array, index: number) =>
    values.subarray(index * valuesPerImage, (index + 1) * valuesPerImage)
  drawBlends(size, { shape, mixing, random }).forEach((blend, index) => {
    lambdas[index] = blend.lambda
    if (blend.lambda === 1) return
    const [image, partner] = [part(images, index), part(originals, size - 1 - index)]
    if (blend.method === 'mixup') interpolate(image, partner, blend.lambda)
    else paste(image, partner, { shape, box: blend.box })
  })
  return lambdas
}

interface MixOptions {
  shape: ImageShape
  mixing: Mixing
  random: Stream
}

/** One blend an image: the same for all, drawn for each, or the same for the two images of a pair. */
export function drawBlends(size: number, options: MixOptions): Blend[] {
  const draw = () => drawBlend(options)
  switch (options.mixing.mode) {
    case 'batch':
      return Array<Blend>(size).fill(draw())
    case 'elem':
      return Array.from({ length: size }, draw)
    case 'pair': {
      const half = Array.from({ length: size / 2 }, draw)
      return [...half, ...half.toReversed()]
    }
  }
}

function drawBlend({ shape, mixing, random }: MixOptions): Blend {
  const { mixupAlpha, cutmixAlpha, switchProbability } = mixing
  if (mixupAlpha === 0 && cutmixAlpha === 0) return { method: 'mixup', lambda: 1 }
  const cutsOften = mixupAlpha === 0 ? 1 : cutmixAlpha === 0 ? 0 : switchProbability
  if (random.uniform() >= cutsOften) return { method: 'mixup', lambda: symmetricBeta(mixupAlpha, random) }
  const box = drawBox(symmetricBeta(cutmixAlpha, random), shape, random)
  const area = (box.bottom - box.top) * (box.right - box.left)
  return { method: 'cutmix', lambda: 1 - area / (shape.height * shape.width), box }
}

/** A box of √(1 − λ) of each side about a uniform centre, cut off at the image's edges. */
export function drawBox(lambda: number, { height, width }: ImageShape, random: Stream): Box {
  const ratio = Math.sqrt(1 - lambda)
  const [halfHeight, halfWidth] = [height, width].map((side) => Math.floor(Math.floor(side * ratio) / 2)) as [
    number,
    number,
  ]
  const [row, column] = [random.integer(height), random.integer(width)]
  return {
    top: Math.max(0, row - halfHeight),
    bottom: Math.min(height, row + halfHeight),
    left: Math.max(0, column - halfWidth),
    right: Math.min(width, column + halfWidth),
  }
}

function interpolate(image: Float32Array, partner: Float32Array, lambda: number): void {
  for (let at = 0; at < image.length; at++) image[at] = lambda * image[at]! + (1 - lambda) * partner[at]!
}

function paste(image: Float32Array, partner: Float32Array, { shape, box }: { shape: ImageShape; box: Box }): void {
  for (let row = box.top; row < box.bottom; row++) {
    const start = (row * shape.width + box.left) * shape.channels
    const end = (row * shape.width + box.right) * shape.channels
    image.set(partner.subarray(start, end), start)
  }
}

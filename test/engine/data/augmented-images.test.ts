import { expect, test } from 'vitest'
import { augmentImages } from '../../../src/engine/data/augmented-images.ts'
import type { ImageSet } from '../../../src/engine/data/image-set.ts'
import { dataSpec } from '../../../src/shared/data/data.ts'

/** Every value that a byte can have, in one image of 16 × 16; labels count up. */
function bytes(count: number): ImageSet {
  const images = Uint8Array.from({ length: count * 256 }, (_, at) => at % 256)
  const labels = Int32Array.from({ length: count }, (_, image) => image)
  return { kind: 'images', images, labels, count, height: 16, width: 16, channels: 1, classes: count }
}

const spec = (changes: object) => dataSpec.parse({ source: 'mnist', augmentation: 'none', ...changes })
const indices = (count: number) => Int32Array.from({ length: count }, (_, image) => image)

test('without augmentation the bytes are the same, within a black frame', async () => {
  const { images, blends } = await augmentImages(bytes(1), { data: spec({ pad: 1 }), indices: indices(1) })
  expect(images).toMatchObject({ height: 18, width: 18 })
  const inner = Array.from({ length: 256 }, (_, at) => (Math.floor(at / 16) + 1) * 18 + (at % 16) + 1)
  expect(inner.map((at) => images.images[at])).toEqual(Array.from({ length: 256 }, (_, at) => at))
  expect(images.images.filter((_, at) => !inner.includes(at)).every((value) => value === 0)).toBe(true)
  expect(blends).toEqual([null])
})

test('an image is augmented in the same way whatever the other images of its batch', async () => {
  const data = spec({ augmentation: 'crop-flip' })
  const two = (await augmentImages(bytes(2), { data, indices: Int32Array.of(7, 5) })).images.images
  const one = (await augmentImages(bytes(1), { data, indices: Int32Array.of(5) })).images.images
  expect(two.subarray(256)).toEqual(one)
  expect(two.subarray(0, 256)).not.toEqual(one)
})

test('Mixup blends an image with its mirror and says with how much of it', async () => {
  const set = { ...bytes(2), images: Uint8Array.from({ length: 512 }, (_, at) => (at < 256 ? 0 : 200)) }
  const data = spec({ mixing: { cutmixAlpha: 0 } })
  const { images, blends } = await augmentImages(set, { data, indices: indices(2) })
  expect(blends.map((blend) => blend!.label)).toEqual([1, 0])
  expect(images.images[0]).toBe(Math.round(200 * blends[0]!.share))
  expect(images.images[256]).toBe(Math.round(200 * (1 - blends[1]!.share)))
})

import { expect, it } from 'vitest'
import type { ImageSet } from '../../../src/engine/data/image-set.ts'
import { someSamples } from '../../../src/engine/data/sample-set.ts'

/** Image i is the one pixel i, of class i % 7. */
const set: ImageSet = {
  kind: 'images',
  images: Uint8Array.from({ length: 200 }, (_, image) => image),
  labels: Int32Array.from({ length: 200 }, (_, image) => image % 7),
  count: 200,
  height: 1,
  width: 1,
  channels: 1,
  classes: 7,
}

const someImages = (of: ImageSet, options: { count: number; seed: number }) => someSamples(of, options) as ImageSet

it('are different images, with their labels', () => {
  const some = someImages(set, { count: 50, seed: 1 })
  expect(some.count).toBe(50)
  expect(new Set(some.images).size).toBe(50)
  expect(Array.from(some.labels)).toEqual(Array.from(some.images, (image) => image % 7))
})

it('the first of many are those of fewer, the same for a seed', () => {
  const [few, many] = [50, 80].map((count) => someImages(set, { count, seed: 1 }).images)
  expect(many!.subarray(0, 50)).toEqual(few)
  expect(someImages(set, { count: 50, seed: 2 }).images).not.toEqual(few)
})

it('where there are no more, they are all of them, in random order', () => {
  const { images, count } = someImages(set, { count: 1000, seed: 1 })
  expect(count).toBe(200)
  expect(images).not.toEqual(set.images)
  expect(images.toSorted()).toEqual(set.images)
})

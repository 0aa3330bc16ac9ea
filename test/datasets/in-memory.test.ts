import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openedInMemory } from '../../src/datasets/formats/in-memory.ts'

const pixels = Uint8Array.of(1, 2, 3)

function setOf(labels: number[], classes: number, images = pixels) {
  const shape = { height: 1, width: 1, channels: 1 }
  return { kind: 'images' as const, images, labels: Int32Array.from(labels), count: labels.length, ...shape, classes }
}

const namesOf = (classes: number) => Array.from({ length: classes }, (_, label) => `class ${label}`)
const knownOf = (classes: number) => ({ normalisation: { mean: [0], std: [1] }, classNames: namesOf(classes) })

function fingerprint(labels: number[], classes: number): Promise<string> {
  const set = setOf(labels, classes)
  return openedInMemory({ train: set, test: set }, knownOf(classes)).fingerprint(null as never)
}

test('test images of another size than the training images are refused', () => {
  const test = { ...setOf([0, 1], 2, Uint8Array.from({ length: 8 })), height: 2, width: 2 }
  expect(() => openedInMemory({ train: setOf([0, 1, 1], 2), test }, knownOf(2))).toThrow(
    'data.path: the test images have 8 values; expected 2, as 2 images of 1 × 1 × 1 have: training and test images are of one size',
  )
})

test.each([
  [
    'a count of other images',
    { count: 130 },
    'the count of the test images is 130; expected 3, the number of their labels',
  ],
  ['classes of other names', { classes: 5 }, 'the test images have 5 classes; expected 2, the number of classNames'],
  [
    'pixels that are no bytes',
    { images: Float32Array.of(0, 0.5, 300) },
    'the test images are of Float32Array; expected a Uint8Array: whole numbers from 0 to 255',
  ],
  ['pixels in a list', { images: [1, 2, 3] }, 'the test images are of Array; expected a Uint8Array'],
  ['no pixels', { images: undefined }, 'the test images are undefined; expected a Uint8Array'],
])('%s is refused', (_, changed, message) => {
  const train = setOf([0, 1, 1], 2)
  const test = { ...train, ...changed } as typeof train
  expect(() => openedInMemory({ train, test }, knownOf(2))).toThrow(`data.path: ${message}`)
})

test('a label of up to 256 classes is hashed as one byte', async () => {
  const hash = createHash('sha256')
  for (let split = 0; split < 2; split++)
    hash
      .update('images 3 1 1 1\n')
      .update(Uint8Array.of(0, 7, 255))
      .update(pixels)
  expect(await fingerprint([0, 7, 255], 256)).toBe(hash.digest('hex'))
})

test('labels that differ by 256 have different fingerprints', async () => {
  expect(await fingerprint([0, 1, 299], 300)).not.toBe(await fingerprint([256, 1, 43], 300))
})

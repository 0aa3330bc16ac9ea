import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openedInMemory } from '../../src/main/datasets/formats/in-memory.ts'

const pixels = Uint8Array.of(1, 2, 3)

function fingerprint(labels: number[], classes: number): Promise<string> {
  const set = {
    kind: 'images' as const,
    images: pixels,
    labels: Int32Array.from(labels),
    count: 3,
    height: 1,
    width: 1,
    channels: 1,
    classes,
  }
  const known = { normalisation: { mean: [0], std: [1] }, classNames: [] }
  return openedInMemory({ train: set, test: set }, known).fingerprint(null as never)
}

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

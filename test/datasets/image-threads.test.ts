import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { decodeByTensorFlow } from '../../src/datasets/formats/image-threads.ts'
import { imageBytes } from '../../src/datasets/formats/image-workers.ts'

const path = fileURLToPath(new URL('fixtures/pictures/colour.jpg', import.meta.url))
const sizing = { shape: { height: 45, width: 62, channels: 3 }, resize: false }

test('threads say why they cannot open the TensorFlow that they are given', async () => {
  expect((await imageBytes([{ path }], sizing)).length).toBe(45 * 62 * 3)
  decodeByTensorFlow({ libraryFolder: '/nowhere', context: 0n })
  await expect(imageBytes([{ path }], sizing)).rejects.toMatchObject({
    code: 'engine',
    message: expect.stringMatching(/TensorFlow's library .* cannot be opened from \/nowhere/),
  })
})

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openedInMemory } from '../../../src/datasets/formats/in-memory.ts'
import type { ImageDataset } from '../../../src/datasets/dataset.ts'

const side = 8
const known = { height: side, width: side, channels: 1, classes: 1 }

/** Grey images whose value is to be predicted: 4 bytes of it (float32, little-endian), then 64 pixels, image after image. */
export const brightness: ImageDataset = {
  kind: 'images',
  info: { title: 'Brightness', paper: 'made up' },
  images: { ...known, task: 'regression' },
  files: {
    expected: 'the files train.brightness and test.brightness',
    areIn: (_, has) => has('train.brightness') && has('test.brightness'),
    downloadBytes: null,
  },
  options: [],
  augmentation: () => 'none',
  async open(_, folder) {
    const read = async (file: string) => {
      const bytes = new Uint8Array(await readFile(join(folder, file)))
      const size = 4 + side * side
      const count = bytes.length / size
      const images = new Uint8Array(count * side * side)
      const values = new Float32Array(count)
      for (let image = 0; image < count; image++) {
        values[image] = new DataView(bytes.buffer).getFloat32(image * size, true)
        images.set(bytes.subarray(image * size + 4, (image + 1) * size), image * side * side)
      }
      return { kind: 'images' as const, ...known, count, images, values, labels: new Int32Array(count) }
    }
    const sets = { train: await read('train.brightness'), test: await read('test.brightness') }
    return openedInMemory(sets, { normalisation: { mean: [0.5], std: [0.3] }, classNames: [''] })
  },
}

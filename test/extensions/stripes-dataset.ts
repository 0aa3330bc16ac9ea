import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openedInMemory } from '../../src/main/datasets/formats/in-memory.ts'
import type { ImageDataset } from '../../src/main/datasets/dataset.ts'

const side = 8
const classNames = ['left', 'middle', 'right']
const known = { height: side, width: side, channels: 1, classes: classNames.length }

/** Grey images of three classes: files of records of a label and 64 pixels. */
export const stripes: ImageDataset = {
  kind: 'images',
  info: { title: 'Stripes', paper: 'made up' },
  images: known,
  files: {
    expected: 'the files train.stripes and test.stripes',
    areIn: (_, has) => has('train.stripes') && has('test.stripes'),
    downloadBytes: null,
  },
  options: [],
  augmentation: () => 'none',
  async open(_, folder) {
    const read = async (file: string) => {
      const bytes = new Uint8Array(await readFile(join(folder, file)))
      const count = bytes.length / (1 + side * side)
      const record = (image: number) => bytes.subarray(image * (1 + side * side), (image + 1) * (1 + side * side))
      const images = new Uint8Array(count * side * side)
      for (let image = 0; image < count; image++) images.set(record(image).subarray(1), image * side * side)
      return {
        kind: 'images' as const,
        ...known,
        count,
        images,
        labels: Int32Array.from({ length: count }, (_, image) => record(image)[0]!),
      }
    }
    const sets = { train: await read('train.stripes'), test: await read('test.stripes') }
    return openedInMemory(sets, { normalisation: { mean: [0.3], std: [0.2] }, classNames })
  },
}

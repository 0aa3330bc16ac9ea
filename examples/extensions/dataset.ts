import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineExtension, ExitlabError, type ImageDataset, openedInMemory } from 'exitlab/extension'

const [side, classNames] = [8, ['left', 'middle', 'right']]
const known = { height: side, width: side, channels: 1, classes: classNames.length }
const recordBytes = 1 + side * side

/** Grey images of 8 × 8 pixels: `train.bin` and `test.bin` hold a byte of the label and 64 pixels, image after image. */
const dataset: ImageDataset = {
  kind: 'images',
  info: { title: 'Stripes', paper: 'made up' },
  images: known,
  files: {
    expected: 'the files train.bin and test.bin',
    areIn: (_, has) => has('train.bin') && has('test.bin'),
    downloadBytes: null,
  },
  options: [],
  augmentation: () => 'none',
  async open(_, folder) {
    const sets = { train: await read(join(folder, 'train.bin')), test: await read(join(folder, 'test.bin')) }
    return openedInMemory(sets, { normalisation: { mean: [0.3], std: [0.2] }, classNames })
  },
}

async function read(file: string) {
  const bytes = new Uint8Array(await readFile(file))
  const count = bytes.length / recordBytes
  if (!Number.isInteger(count))
    throw new ExitlabError('data', `${file} is cut off: ${bytes.length} bytes are no whole number of images.`)
  const images = new Uint8Array(count * side * side)
  const labels = new Int32Array(count)
  for (let image = 0; image < count; image++) {
    labels[image] = bytes[image * recordBytes]!
    images.set(bytes.subarray(image * recordBytes + 1, (image + 1) * recordBytes), image * side * side)
  }
  return { kind: 'images' as const, ...known, count, images, labels }
}

export default defineExtension({ name: 'three-stripes', datasets: { 'three-stripes': dataset } })

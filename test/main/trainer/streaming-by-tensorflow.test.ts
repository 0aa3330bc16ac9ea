import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { decodeByTensorFlow } from '../../../src/datasets/formats/image-threads.ts'
import { datasets, type OpenedImages } from '../../../src/datasets/index.ts'
import { createTrainingBatches } from '../../../src/engine/data/index.ts'
import { tf } from '../../../src/engine/tf.ts'
import { readImages, streamImages } from '../../../src/main/trainer/data/image-sets.ts'
import { dataSpec } from '../../../src/shared/data/data.ts'
import { emptyFolder, range } from '../../datasets/support.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

const fixtures = fileURLToPath(new URL('../../datasets/fixtures/', import.meta.url))
const normalisation = { mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.4] }
const data = dataSpec.parse({ source: 'image-folder', imageSize: 16, augmentation: 'resized-crop-flip' })

async function photographs(): Promise<string> {
  const root = await emptyFolder()
  for (const split of ['train', 'test']) {
    for (const label of ['pictures', 'jpegs']) {
      await mkdir(join(root, split, label), { recursive: true })
      for (const name of await readdir(join(fixtures, label))) {
        await copyFile(join(fixtures, label, name), join(root, split, label, name))
      }
    }
  }
  return root
}

test('images that threads decode by TensorFlow, once it is open, are those that they decode without, bit for bit', async () => {
  const folder = await photographs()
  const source = (await datasets.get(data.source).open(data, folder)) as OpenedImages
  const all = Int32Array.from(range(source.labels.train.length))
  const options = { data, normalisation, batchSize: all.length, seed: 7, phaseId: 'phase' }
  const streamed = createTrainingBatches(streamImages(source, 'train', all), options)
  const before = [await streamed.batch(0, 0), await streamed.batch(1, 0), await readImages(source, 'test', all)]

  decodeByTensorFlow(tensorFlow.shared)
  expect([await streamed.batch(0, 0), await streamed.batch(1, 0), await readImages(source, 'test', all)]).toEqual(
    before,
  )

  const [damaged, gone] = [join(folder, 'train/jpegs/wide.jpg'), join(folder, 'train/jpegs/rgb.jpg')]
  await writeFile(damaged, 'no image')
  await expect(streamed.batch(0, 0)).rejects.toMatchObject({
    code: 'data',
    message: expect.stringContaining(`${damaged} cannot be decoded as JPEG or PNG`),
  })
  await copyFile(join(fixtures, 'jpegs/wide.jpg'), damaged)
  await rm(gone)
  await expect(streamed.batch(0, 0)).rejects.toMatchObject({
    code: 'data',
    message: expect.stringContaining(`${gone} does not exist`),
  })
})

test('values in memory that threads share can be computed with', async () => {
  const values = new Float32Array(new SharedArrayBuffer(16))
  values.set([1, 2, 3, 4])
  expect([...(await tf.square(tf.tensor(values, [2, 2])).data())]).toEqual([1, 4, 9, 16])
})

import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodePicture } from '../../../src/datasets/formats/decode.ts'
import { datasets, type OpenedImages } from '../../../src/datasets/index.ts'
import { resizedTo } from '../../../src/datasets/formats/resized.ts'
import { openedInMemory } from '../../../src/datasets/formats/in-memory.ts'
import { createImageWriter } from '../../../src/engine/data/augmentation/index.ts'
import { createEvaluationBatches, createTrainingBatches, someSamples } from '../../../src/engine/data/index.ts'
import { isStreamed } from '../../../src/engine/data/streaming.ts'
import { readImages, streamImages } from '../../../src/main/trainer/data/image-sets.ts'
import { loadDataset } from '../../../src/main/trainer/data/open-dataset.ts'
import { type Augmentation, augmentations } from '../../../src/shared/data/augmentations.ts'
import { type DataSpec, dataSpec } from '../../../src/shared/data/data.ts'
import { pixelsOf } from '../../support/batches.ts'
import { emptyFolder, range } from '../../datasets/support.ts'

const pictures = fileURLToPath(new URL('../../datasets/fixtures/pictures/', import.meta.url))
const side = 16
const normalisation = { mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.4] }

/** Two classes of a dozen photographs of several sizes and formats, to train on and to test. */
async function photographs(): Promise<string> {
  const root = await emptyFolder()
  for (const split of ['train', 'test']) {
    for (const label of ['a', 'b']) {
      await mkdir(join(root, split, label), { recursive: true })
      for (const name of await readdir(pictures)) await copyFile(join(pictures, name), join(root, split, label, name))
    }
  }
  return root
}

const specOf = (changes: object = {}) => dataSpec.parse({ source: 'image-folder', imageSize: side, ...changes })

async function opened(folder: string, spec: DataSpec = specOf()): Promise<OpenedImages> {
  return (await datasets.get(spec.source).open(spec, folder)) as OpenedImages
}

const some = Int32Array.of(3, 0, 20, 7, 7, 11, 15, 2, 23, 5, 9, 1)

const trainingOf = (set: Parameters<typeof createTrainingBatches>[0], data: DataSpec) =>
  createTrainingBatches(set, { data, normalisation, batchSize: 5, seed: 7, phaseId: 'phase' })

describe('images that are streamed', () => {
  test.each(augmentations.filter((each) => !each.startsWith('resized')))(
    'with %s become the batches of those in memory, bit for bit, in whatever order they are asked for',
    async (augmentation) => {
      const source = await opened(await photographs())
      const data = specOf({ augmentation, pad: 1, mixing: {} })
      const kept = trainingOf(await readImages(source, 'train', some), data)
      const streamed = trainingOf(streamImages(source, 'train', some), data)
      expect(streamed.batchesPerEpoch).toBe(kept.batchesPerEpoch)
      const asked = [
        [1, 2],
        [0, 0],
        [0, 1],
      ] as const
      const all = await Promise.all(asked.map(([epoch, index]) => streamed.batch(epoch, index)))
      for (const [at, [epoch, index]] of asked.entries()) expect(all[at]).toEqual(await kept.batch(epoch, index))
    },
  )

  test.each(['trivial-augment-crop', 'resized-crop-flip'] as const)(
    'with %s reuse the buffer of a batch that is no longer needed, where it is of their size',
    async (augmentation) => {
      const source = await opened(await photographs())
      const data = specOf({ augmentation, pad: 1, mixing: {} })
      const kept = trainingOf(await readImages(source, 'train', some), { ...data, augmentation: 'trivial-augment' })
      for (const batches of [trainingOf(streamImages(source, 'train', some), data), kept]) {
        // Of streamed images, memory that threads share takes the place of the first that is given back.
        const spare = await batches.batch(0, 1, await batches.batch(0, 0))
        const written = await batches.batch(1, 1, spare)
        expect(written.inputs['images']!.values).toBe(spare.inputs['images']!.values)
        expect(written).toEqual(await batches.batch(1, 1))
      }
      const other = trainingOf(streamImages(source, 'train', some), { ...data, pad: 0 })
      const spare = await other.batch(0, 0)
      const pixels = pixelsOf(spare).slice()
      await kept.batch(0, 1, spare)
      expect(pixelsOf(spare)).toEqual(pixels)
    },
  )

  test('are evaluated as those in memory', async () => {
    const source = await opened(await photographs())
    const options = { normalisation, pad: 1, batchSize: 5 }
    const kept = createEvaluationBatches(await readImages(source, 'test', some), options)
    const set = streamImages(source, 'test', some)
    const streamed = createEvaluationBatches(set, options)
    for (const index of range(kept.batchCount)) expect(await streamed.batch(index)).toEqual(await kept.batch(index))
    const drawn = { count: 4, seed: 1 }
    const few = createEvaluationBatches(someSamples(set, drawn) as typeof set, options)
    const same = createEvaluationBatches(
      someSamples(await readImages(source, 'test', some), drawn) as Awaited<ReturnType<typeof readImages>>,
      options,
    )
    expect(await few.batch(0)).toEqual(await same.batch(0))
  })

  test('are cropped from the whole file where the augmentation says so', async () => {
    const folder = await photographs()
    const source = await opened(folder)
    const path = join(folder, 'train/a/colour.png')
    const names = (await readdir(join(folder, 'train/a'))).toSorted()
    const drawn = { resizedCrop: 5, operation: null, shift: { down: 0, across: 0 }, flip: true, erased: null }
    const frame = { pad: 0, normalisation }
    const expected = new Float32Array(side * side * 3)
    createImageWriter({ shape: { height: side, width: side, channels: 3 }, ...frame })(
      await decodePicture(path),
      drawn,
      expected,
    )
    const positions = Int32Array.of(names.indexOf('colour.png'))
    expect(await source.prepare!('train', { positions, drawn: [drawn], ...frame })).toEqual(expected)
  })

  test('refuse a damaged file by name, among whatever others, and go on with sound ones', async () => {
    const folder = await photographs()
    const path = join(folder, 'train/b/colour.jpg')
    await writeFile(path, (await readFile(path)).subarray(0, 900))
    const set = streamImages(await opened(folder), 'train', Int32Array.from(range(24)))
    const batches = createEvaluationBatches(set, { normalisation, pad: 0, batchSize: 12 })
    await expect(batches.batch(1)).rejects.toMatchObject({
      code: 'data',
      message: expect.stringContaining(`${path} cannot be decoded as JPEG or PNG`),
    })
    expect((await batches.batch(0)).size).toBe(12)
  })
})

describe('a data set', () => {
  const shape = { height: 224, width: 224, channels: 3, counts: { train: 9000, validation: 500, test: 4000 } }
  const of = (augmentation: Augmentation) => ({ augmentation })

  test('is streamed where it is cropped from whole files, or takes more than 2 GiB', () => {
    expect(isStreamed({ ...shape, canStream: true }, of('crop-flip'))).toBe(false)
    expect(isStreamed({ ...shape, canStream: true }, of('resized-crop-flip'))).toBe(true)
    expect(isStreamed({ ...shape, height: 260, canStream: true }, of('crop-flip'))).toBe(true)
    expect(isStreamed(shape, of('resized-crop-flip'))).toBe(false)
  })

  test('is loaded as it is to be used', async () => {
    const folder = await photographs()
    const kindOf = async (augmentation: Augmentation) => {
      const { train, test: tested, description } = await loadDataset(specOf({ augmentation }), { dataPath: folder })
      expect(description).toMatchObject({ canStream: true })
      expect(tested.kind).toBe(train.kind)
      return train.kind
    }
    expect(await kindOf('crop-flip')).toBe('images')
    expect(await kindOf('resized-crop-trivial-augment')).toBe('streamed-images')
  })

  test('in memory is resized when it is used', async () => {
    const grey = {
      kind: 'images' as const,
      height: 6,
      width: 6,
      channels: 1,
      classes: 2,
      count: 3,
      labels: Int32Array.of(0, 1, 0),
      images: Uint8Array.from({ length: 108 }, (_, at) => (at * 7) % 256),
    }
    const known = { normalisation: { mean: [0.5], std: [0.5] }, classNames: ['a', 'b'] }
    const small = openedInMemory({ train: grey, test: grey }, known)
    const large = resizedTo(small, 12)
    expect(large).toMatchObject({ height: 12, width: 12, channels: 1 })
    expect(await large.fingerprint(null as never)).toBe(await small.fingerprint(null as never))
    const positions = Int32Array.of(2, 0)
    const options = { ...known, pad: 0, batchSize: 2 }
    const kept = createEvaluationBatches(await readImages(large, 'test', positions), options)
    const streamed = createEvaluationBatches(streamImages(large, 'test', positions), options)
    expect(await streamed.batch(0)).toEqual(await kept.batch(0))
    expect(pixelsOf(await kept.batch(0)).length).toBe(288)
  })
})

import { describe, expect, test } from 'vitest'
import { stepsPerEpoch } from '../../../src/engine/data/batch-size.ts'
import { createEvaluationBatches, createTrainingBatches } from '../../../src/engine/data/batches.ts'
import type { ImageSet } from '../../../src/engine/data/image-set.ts'
import type { TrainingBatch, TrainingBatches } from '../../../src/engine/training/batch.ts'
import { augmentations } from '../../../src/shared/data/augmentations.ts'
import { dataSpec } from '../../../src/shared/data/data.ts'
import { pixelsOf } from '../../support/batches.ts'
import { bytesKept, createImages, range } from './images.ts'

interface Changes {
  set?: ImageSet
  data?: object
  batchSize?: number
  seed?: number
  phaseId?: string
}

function training({ set = createImages(), data = {}, batchSize = 3, seed = 1, phaseId = 'phase' }: Changes = {}) {
  const parsed = dataSpec.parse({ source: 'image-folder', augmentation: 'none', ...data })
  return createTrainingBatches(set, { data: parsed, normalisation: bytesKept(set.channels), batchSize, seed, phaseId })
}

function epochsOf({ batch, batchesPerEpoch }: TrainingBatches, epochs: number): Promise<TrainingBatch[][]> {
  return Promise.all(
    range(epochs).map((epoch) => Promise.all(range(batchesPerEpoch).map((index) => batch(epoch, index)))),
  )
}

/** Which image of the set each of a batch is, by its bytes. */
function identified(batch: TrainingBatch, set: ImageSet): number[] {
  const { size } = batch
  const images = pixelsOf(batch)
  const length = images.length / size
  return range(size).map((position) => {
    const bytes = images.slice(position * length, (position + 1) * length).map(Math.round)
    return range(set.count).find((image) => bytes.every((value, at) => value === set.images[image * length + at]))!
  })
}

describe('createTrainingBatches', () => {
  test('shows each image at most once an epoch, with its own label, in another order each epoch', async () => {
    const set = createImages()
    const batches = training({ set })
    expect(batches.batchesPerEpoch).toBe(3)
    const all = await epochsOf(batches, 2)
    const epochs = all.map((made) =>
      made.flatMap((batch) => {
        const images = identified(batch, set)
        const targets = images.flatMap((image) => range(5).map((label) => (label === set.labels[image] ? 1 : 0)))
        expect(Array.from(batch.targets.values)).toEqual(targets)
        return images
      }),
    )
    for (const epoch of epochs) expect(new Set(epoch).size).toBe(9)
    expect(epochs[0]).not.toEqual(epochs[1])
  })

  test('includes every image over the epochs, although the last batch is left out', async () => {
    const set = createImages()
    const batches = training({ set })
    const seen = (await epochsOf(batches, 20)).flat().flatMap((batch) => identified(batch, set))
    expect(new Set(seen).size).toBe(10)
  })

  test('makes one batch of a set that is smaller than a batch', async () => {
    const batches = training({ batchSize: 64 })
    expect([batches.batchesPerEpoch, (await batches.batch(0, 0)).size]).toEqual([1, 10])
  })

  test.each(augmentations)('%s: a batch does not depend on earlier batches', async (augmentation) => {
    const changes = { data: { augmentation, mixing: {}, pad: 1 }, batchSize: 4 }
    const going = training(changes)
    await epochsOf(going, 2)
    const [gone, resumed] = [await going.batch(2, 1), await training(changes).batch(2, 1)]
    expect(gone).toEqual(resumed)
    for (const other of [{ seed: 2 }, { phaseId: 'other' }]) {
      expect((await training({ ...changes, ...other }).batch(2, 1)).inputs).not.toEqual(resumed.inputs)
    }
  })

  test('normalises each channel by its own mean and deviation, and pads with zero pixels', async () => {
    const set = createImages({
      count: 1,
      height: 1,
      width: 1,
      channels: 3,
      images: Uint8Array.from([0, 51, 255]),
      classes: 1,
    })
    const normalisation = { mean: [0.5, 0.1, 0], std: [0.25, 0.5, 2] }
    const data = dataSpec.parse({ source: 'cifar10', augmentation: 'none', pad: 1 })
    const batches = createTrainingBatches(set, { data, normalisation, batchSize: 1, seed: 1, phaseId: 'phase' })
    const zero = [-2, -0.2, 0]
    const pixel = [-2, 0.2, 0.5]
    const expected = [...range(4).map(() => zero), pixel, ...range(4).map(() => zero)].flat()
    const images = pixelsOf(await batches.batch(0, 0))
    expect(images.length).toBe(27)
    expected.forEach((value, at) => expect(images[at]).toBeCloseTo(value, 6))
  })

  test('mixes in even batches, each image with its mirror', async () => {
    // Image i is i everywhere: what is in a batch can be read off its values, and off its targets.
    const set = createImages({ count: 9, classes: 9, images: Uint8Array.from({ length: 144 }, (_, at) => at >> 4) })
    const mixing = { mixupAlpha: 1, cutmixAlpha: 0, smoothing: 0 }
    const batches = training({ set, data: { mixing }, batchSize: 5 })
    expect(batches.batchesPerEpoch).toBe(2)
    const batch = await batches.batch(0, 0)
    expect(batch.size).toBe(4)
    const [images, targets] = [pixelsOf(batch), batch.targets.values as Float32Array]
    for (const position of range(4)) {
      const own = targets.subarray(position * 9, position * 9 + 9)
      const mirror = targets.subarray((3 - position) * 9, (3 - position) * 9 + 9)
      const labelsOf = (row: Float32Array) => range(9).filter((label) => row[label]! > 0)
      expect(labelsOf(own)).toEqual(labelsOf(mirror))
      const mean = own.reduce((sum, share, label) => sum + share * label, 0)
      for (const value of images.subarray(position * 16, position * 16 + 16)) expect(value).toBeCloseTo(mean, 4)
    }
  })

  test.each([
    [10, 3, null, 3],
    [9, 3, null, 3],
    [10, 64, null, 1],
    [9, 5, {}, 2],
    [9, 64, {}, 1],
  ])('divides %d images in batches of %d (mixing %j) into %d steps, as planned', (count, batchSize, mixing, steps) => {
    const set = createImages({ count, classes: 1, images: new Uint8Array(16 * count) })
    expect(training({ set, data: { mixing }, batchSize }).batchesPerEpoch).toBe(steps)
    const { mixing: resolved } = dataSpec.parse({ source: 'mnist', mixing })
    expect(stepsPerEpoch(count, { batchSize, mixing: resolved })).toBe(steps)
  })

  test('refuses to mix a single image', () => {
    expect(() => training({ data: { mixing: {} }, batchSize: 1 })).toThrow(
      /data\.mixing needs a batch size of at least 2/,
    )
  })
})

describe('createEvaluationBatches', () => {
  test('gives all images in their order, the last batch smaller', async () => {
    const set = createImages()
    const batches = createEvaluationBatches(set, { normalisation: bytesKept(1), pad: 0, batchSize: 4 })
    const all = await Promise.all(range(batches.batchCount).map((index) => batches.batch(index)))
    expect(all.map(({ size }) => size)).toEqual([4, 4, 2])
    expect(all.flatMap(({ targets }) => [...targets])).toEqual([...set.labels])
    expect(all.flatMap((batch) => Array.from(pixelsOf(batch), Math.round))).toEqual([...set.images])
  })

  test('pads with zero pixels', async () => {
    const set = createImages({ count: 1, height: 1, width: 2, images: Uint8Array.from([10, 20]) })
    const normalisation = { mean: [0.5], std: [0.5] }
    const images = pixelsOf(await createEvaluationBatches(set, { normalisation, pad: 1, batchSize: 4 }).batch(0))
    const expected = [0, 0, 0, 0, 0, 10, 20, 0, 0, 0, 0, 0].map((value) => Math.fround((value / 255 - 0.5) / 0.5))
    expect(Array.from(images)).toEqual(expected)
  })
})

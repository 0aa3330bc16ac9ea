import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createDatasetCache } from '../../../src/main/trainer/data/dataset-cache.ts'
import type { JobContext } from '../../../src/main/trainer/jobs/job.ts'
import { picture } from '../../../src/main/trainer/jobs/picture.ts'
import type { DataSpec, ImageSplit } from '../../../src/shared/data/data.ts'
import { dataSpec, imageSplits } from '../../../src/shared/data/data.ts'
import { emptyFolder, loadImages, pixel, range } from '../../datasets/support.ts'
import { tinyData, writeTinyData } from './support/tiny-data.ts'

const context = { datasets: createDatasetCache(() => {}) } as JobContext

interface Asked {
  data: DataSpec
  dataPath: string
  split?: ImageSplit
  samples: number[]
  augmented?: boolean
}

async function draw({ split = 'test', augmented = false, ...asked }: Asked) {
  const { samples } = await picture({ kind: 'picture', dataset: asked.dataPath, split, augmented, ...asked }, context)
  return samples.map(({ png, ...image }) => ({ ...image, png: png! }))
}

async function pixelsOf(png: Uint8Array) {
  const { channels } = await sharp(png).metadata()
  const image = sharp(png)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
  const { data, info } = await image.toBuffer({ resolveWithObject: true })
  return { values: Array.from(data), height: info.height, width: info.width, channels }
}

const cifar = (names: Record<string, string>, classes: number, coarse: boolean) => async () => {
  const folder = await emptyFolder()
  const bytes = (name: string) =>
    Uint8Array.from(
      range(classes * 3).flatMap((image) => [
        ...(coarse ? [image % 20] : []),
        image % classes,
        ...range(3072).map((at) => pixel(image + name.length, at)),
      ]),
    )
  for (const [name, text] of Object.entries(names)) await writeFile(join(folder, name), text || bytes(name))
  return folder
}
const names = range(100).map((label) => `class ${label}`)
const batches = range(5).map((part) => `data_batch_${part + 1}.bin`)

async function imageFolder(): Promise<string> {
  const folder = await emptyFolder()
  for (const split of ['train', 'test']) {
    for (const [label, name] of ['cat', 'dog'].entries()) {
      await mkdir(join(folder, split, name), { recursive: true })
      for (const image of range(4)) {
        const pixels = Uint8Array.from(range(8 * 6 * 3).map((at) => pixel(10 * image + label, at)))
        const path = join(folder, split, name, `${image}.png`)
        await sharp(pixels, { raw: { height: 8, width: 6, channels: 3 } }).toFile(path)
      }
    }
  }
  return folder
}

const formats: [name: string, data: object, write: () => Promise<string>, classNames: string[]][] = [
  [
    'idx files',
    { source: 'fashion-mnist', validation: { fraction: 0.5 } },
    async () => {
      const folder = await emptyFolder()
      await writeTinyData(folder)
      return folder
    },
    ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
  ],
  [
    'CIFAR-10',
    { source: 'cifar10' },
    cifar(
      {
        ...Object.fromEntries([...batches, 'test_batch.bin'].map((name) => [name, ''])),
        'batches.meta.txt': `${names.slice(0, 10).join('\n')}\n\n`,
      },
      10,
      false,
    ),
    names.slice(0, 10),
  ],
  [
    'CIFAR-10 without its names',
    { source: 'cifar10' },
    cifar(Object.fromEntries([...batches, 'test_batch.bin'].map((name) => [name, ''])), 10, false),
    range(10).map(String),
  ],
  [
    'CIFAR-100',
    { source: 'cifar100' },
    cifar({ 'train.bin': '', 'test.bin': '', 'fine_label_names.txt': names.join('\r\n') }, 100, true),
    names,
  ],
  ['a folder of images', { source: 'image-folder' }, imageFolder, ['cat', 'dog']],
]

test.each(formats)(
  '%s: a picture is the image that the evaluation has at its place',
  async (_, changes, write, known) => {
    const dataPath = await write()
    const data = dataSpec.parse({ limit: { test: 7 }, ...changes })
    const loaded = await loadImages(data, dataPath)
    expect(loaded.description.classNames).toEqual(known)
    const { test: tested } = await loadImages(dataSpec.parse(changes), dataPath)
    for (const split of imageSplits) {
      const { count, images, labels, height, width, channels } = loaded[split]
      const samples = range(Math.min(count, 5)).reverse()
      const size = images.length / count
      const drawn = await draw({ data, dataPath, split, samples })
      expect(drawn.map(({ sample }) => sample)).toEqual(samples)
      for (const { sample, index, label, mixedWith, png } of drawn) {
        const values = Array.from(images.subarray(sample * size, (sample + 1) * size))
        expect(await pixelsOf(png)).toEqual({ values, height, width, channels })
        expect([label, mixedWith]).toEqual([labels[sample], null])
        if (split === 'test')
          expect(Array.from(tested.images.subarray(index * size, (index + 1) * size))).toEqual(values)
      }
    }
  },
)

test('augmented pictures are padded and mixed, and the same whenever they are asked for', async () => {
  const dataPath = await emptyFolder()
  await writeTinyData(dataPath)
  const data = tinyData({ pad: 2, augmentation: 'trivial-augment', mixing: {} })
  const asked = { data, dataPath, split: 'train', samples: [3, 1, 4, 1, 5], augmented: true } as const
  const [first, again] = [
    await draw({ ...asked, samples: [...asked.samples] }),
    await draw({ ...asked, samples: [...asked.samples] }),
  ]
  expect(again).toEqual(first)
  expect(await pixelsOf(first[0]!.png)).toMatchObject({ height: 12, width: 12, channels: 1 })
  expect(first.map(({ mixedWith }) => mixedWith?.label)).toEqual([
    ...[first[3]!.label, first[2]!.label, first[1]!.label, first[0]!.label],
    undefined,
  ])
})

test('a large image is scaled down', async () => {
  const dataPath = await imageFolder()
  const data = dataSpec.parse({ source: 'image-folder', imageSize: 300 })
  const [drawn] = await draw({ data, dataPath, samples: [0] })
  expect(await pixelsOf(drawn!.png)).toMatchObject({ height: 256, width: 256, channels: 3 })
})

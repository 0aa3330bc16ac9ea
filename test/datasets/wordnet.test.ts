import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { imagenette } from '../../src/datasets/imagenette.ts'
import { datasets } from '../../src/datasets/index.ts'
import { dataSpec } from '../../src/shared/data/data.ts'
import { describeImages, emptyFolder, loadImages, range } from './support.ts'

const refusal = (pattern: RegExp) => ({ code: 'data', message: expect.stringMatching(pattern) })

/** WordNet ids as folders are named: of Imagenette the ten, then made-up ones. */
const imagenetteIds = [
  ...['n01440764', 'n02102040', 'n02979186', 'n03000684', 'n03028079'],
  ...['n03394916', 'n03417042', 'n03425413', 'n03445777', 'n03888257'],
]
const idsOf = (count: number) => range(count).map((at) => `n${String(10_000_000 + 7 * at)}`)

async function plainJpeg(side: number, colour: readonly number[]): Promise<Uint8Array> {
  const [r, g, b] = colour as [number, number, number]
  const background = { r, g, b }
  return sharp({ create: { width: side, height: side, channels: 3, background } })
    .jpeg({ quality: 100 })
    .toBuffer()
}

async function put(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** Two training images and a validation image of each class, under `train` and `val`. */
async function folders(ids: readonly string[], { side = 8, root = '' } = {}): Promise<string> {
  const folder = await emptyFolder()
  const image = await plainJpeg(side, [200, 100, 50])
  for (const id of ids) {
    for (const at of range(2)) await put(join(folder, root, 'train', id, `${id}_${at}.JPEG`), image)
    await put(join(folder, root, 'val', id, `ILSVRC2012_val_0000${id}.JPEG`), image)
  }
  return folder
}

describe('Imagenette', () => {
  const data = dataSpec.parse({ source: 'imagenette', imageSize: 8 })

  test('is train and val as distributed, its classes in words, its images of the size asked for', async () => {
    const folder = await folders(imagenetteIds, { root: 'imagenette2-160' })
    for (const path of [folder, join(folder, 'imagenette2-160')]) {
      const { description, test: tested } = await loadImages(data, path)
      expect(description).toMatchObject({
        height: 8,
        width: 8,
        channels: 3,
        classes: 10,
        counts: { train: 18, validation: 2, test: 10 },
        testHeldBack: null,
        normalisation: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
      })
      expect(description.classNames.slice(0, 3)).toEqual(['tench', 'English springer', 'cassette player'])
      expect(Array.from(tested.labels)).toEqual(range(10))
    }
    expect(await describeImages({ ...data, imageSize: null }, folder)).toMatchObject({ height: 224, width: 224 })
  })

  test('has a fingerprint of sizes and of some bytes', async () => {
    const folder = await folders(imagenetteIds)
    const { fingerprint } = await describeImages(data, folder)
    expect((await describeImages(data, folder)).fingerprint).toBe(fingerprint)
    const file = join(folder, 'train', imagenetteIds[0]!, `${imagenetteIds[0]}_0.JPEG`)
    await writeFile(file, await plainJpeg(8, [200, 100, 51]))
    expect((await describeImages(data, folder)).fingerprint).not.toBe(fingerprint)
  })

  test('is looked for in its folder or in the one around it', () => {
    const files = imagenette.files!
    const at = (there: string[]) => files.areIn('/data', (...path) => there.includes(join(...path)))
    expect(at(['train', 'val'])).toBe(true)
    expect(at(['imagenette2/train', 'imagenette2/val'])).toBe(true)
    expect(at(['imagenette2/train'])).toBe(false)
  })

  test.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    [
      'a missing folder',
      (folder) => rm(folder, { recursive: true }),
      /does not exist; expected the folder imagenette2/,
    ],
    [
      'an archive',
      async (folder) => {
        await rm(folder, { recursive: true })
        await writeFile(folder, 'gzip')
      },
      /is not a folder; expected the folder imagenette2/,
    ],
    [
      'a folder without train',
      (folder) => rm(join(folder, 'train'), { recursive: true }),
      /has no folder train; expected the folder imagenette2.* unpack archives and set data\.path to the folder/,
    ],
    [
      'a missing class',
      (folder) => rm(join(folder, 'train', imagenetteIds[3]!), { recursive: true }),
      /(train has 9 classes, not the 10 of Imagenette|n03000684 is a class without a folder in train)/,
    ],
    [
      'a class of another name',
      (folder) => rename(join(folder, 'train', imagenetteIds[3]!), join(folder, 'train/saw')),
      /(train\/saw is not named after a WordNet id|n03000684 is a class without a folder in train)/,
    ],
    [
      'a class without images',
      (folder) => rm(join(folder, 'train', imagenetteIds[3]!, `${imagenetteIds[3]}_0.JPEG`)),
      /class chain saw has a single training sample/,
    ],
    [
      'validation images without classes',
      async (folder) => {
        await rm(join(folder, 'val'), { recursive: true })
        await put(join(folder, 'val/ILSVRC2012_val_00000001.JPEG'), await plainJpeg(8, [0, 0, 0]))
      },
      /val are not in folders of their classes; sort them into val\/CLASS\/…, or put ImageNet’s LOC_val_solution\.csv/,
    ],
  ])('%s is refused', async (_, breakIt, message) => {
    const folder = await folders(imagenetteIds)
    await breakIt(folder)
    await expect(describeImages(data, folder)).rejects.toMatchObject(refusal(message))
  })
})

/** As distributed: train/WNID/images with a file of boxes, val/images with a file of annotations, test without classes. */
async function tinyImageNet({ side = 64 } = {}): Promise<string> {
  const folder = await emptyFolder()
  const root = join(folder, 'tiny-imagenet-200')
  const image = await plainJpeg(side, [10, 20, 30])
  const ids = idsOf(200)
  for (const id of ids) {
    for (const at of range(2)) await put(join(root, 'train', id, 'images', `${id}_${at}.JPEG`), image)
    await put(join(root, 'train', id, `${id}_boxes.txt`), `${id}_0.JPEG\t0\t0\t63\t63\n`)
  }
  await put(join(root, 'test/images/test_0.JPEG'), image)
  for (const at of range(200)) await put(join(root, 'val/images', `val_${at}.JPEG`), image)
  const lines = ids.toReversed().map((id, at) => `val_${at}.JPEG\t${id}\t0\t32\t44\t62\n`)
  await put(join(root, 'val/val_annotations.txt'), lines.join(''))
  await put(join(root, 'words.txt'), ['n00001740\tentity', `${ids[0]}\tcrane`, `${ids[1]}\tcrane, bird`, ''].join('\n'))
  return folder
}

describe('TinyImageNet', () => {
  const data = dataSpec.parse({ source: 'tiny-imagenet' })

  test('is the folder as distributed: validation images as test images, classes in words where the file has them', async () => {
    const { description, test: tested } = await loadImages(data, await tinyImageNet())
    expect(description).toMatchObject({
      height: 64,
      width: 64,
      classes: 200,
      counts: { train: 360, validation: 40, test: 200 },
      normalisation: { mean: [0.4802, 0.4481, 0.3975], std: [0.2302, 0.2265, 0.2262] },
    })
    expect(Array.from(tested.labels)).toEqual(range(200).toReversed())
    expect(description.classNames.slice(0, 3)).toEqual(['crane', 'crane, bird', idsOf(3)[2]])
  })

  test('takes another size only where the experiment says so', async () => {
    const folder = await tinyImageNet({ side: 32 })
    expect(await describeImages({ ...data, imageSize: 48 }, folder)).toMatchObject({ height: 48, width: 48 })
    await expect(loadImages(data, folder)).rejects.toMatchObject(
      refusal(/is 32 × 32 pixels; expected 64 × 64 as for the others; set data\.imageSize/),
    )
  })

  const annotations = (folder: string) => join(folder, 'tiny-imagenet-200/val/val_annotations.txt')
  test.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    [
      'a line with a file that is not there',
      (folder) => writeFile(annotations(folder), 'val_200.JPEG\tn10000000\t0\t0\t1\t1\n'),
      /val_annotations\.txt, line 1: val_200\.JPEG is not in .*images, or in an earlier line too/,
    ],
    [
      'a file in two lines',
      (folder) => writeFile(annotations(folder), 'val_0.JPEG\tn10000000\t0\nval_0.JPEG\tn10000000\t0\n'),
      /val_annotations\.txt, line 2: val_0\.JPEG is not in .*, or in an earlier line too/,
    ],
    [
      'an image without a line',
      (folder) => writeFile(annotations(folder), 'val_0.JPEG\tn10000000\t0\t0\t1\t1\n'),
      /val_annotations\.txt has no line for val_1\.JPEG/,
    ],
    [
      'an unknown class',
      (folder) => writeFile(annotations(folder), 'val_0.JPEG\tn99999999\t0\t0\t1\t1\n'),
      /line 1: expected an image and one of the 200 classes under train/,
    ],
    ['no annotations', (folder) => rm(annotations(folder)), /has no test images; expected/],
  ])('%s is refused', async (_, breakIt, message) => {
    const folder = await tinyImageNet()
    await breakIt(folder)
    await expect(describeImages(data, folder)).rejects.toMatchObject(refusal(message))
  })
})

describe('ImageNet', () => {
  const data = dataSpec.parse({ source: 'imagenet', imageSize: 8 })
  const ids = idsOf(1000)

  test('is train and val with a folder for each class, or val as Kaggle distributes it', async () => {
    const sorted = await folders(ids)
    const before = await describeImages(data, sorted)
    expect(before).toMatchObject({ classes: 1000, counts: { train: 1800, validation: 200, test: 1000 } })
    expect(before.classNames[0]).toBe('n10000000')

    const kaggle = await emptyFolder()
    const root = join(kaggle, 'ILSVRC/Data/CLS-LOC')
    await mkdir(join(root, 'val'), { recursive: true })
    await rename(join(sorted, 'train'), join(root, 'train'))
    const lines = await Promise.all(
      ids.map(async (id) => {
        const name = `ILSVRC2012_val_0000${id}`
        await rename(join(sorted, 'val', id, `${name}.JPEG`), join(root, 'val', `${name}.JPEG`))
        return `${name},${id} 1 1 7 7 ${id} 2 2 6 6\n`
      }),
    )
    await put(join(kaggle, 'LOC_val_solution.csv'), ['ImageId,PredictionString\n', ...lines].join(''))
    await put(join(kaggle, 'LOC_synset_mapping.txt'), `${ids[0]} tench, Tinca tinca\n${ids[1]} goldfish\n`)
    const { description, test: tested } = await loadImages(data, kaggle)
    expect(Array.from(tested.labels)).toEqual(range(1000))
    expect(description.fingerprint).toBe(before.fingerprint)
    expect(description.classNames.slice(0, 2)).toEqual(['tench', 'goldfish'])
  })

  test('of fewer classes is refused with the remedy', async () => {
    await expect(describeImages(data, await folders(idsOf(3)))).rejects.toMatchObject(
      refusal(/train has 3 classes, not the 1000 of ImageNet-1k; .*set data\.source to image-folder for a part of it/),
    )
  })

  test('has the shape that networks are drawn with', () => {
    expect(datasets.get('imagenet')).toMatchObject({ images: { height: 224, width: 224, channels: 3, classes: 1000 } })
  })
})

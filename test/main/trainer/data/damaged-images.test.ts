import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { type DataSpec, type ImageDescription, dataSpec } from '../../../../src/shared/data/data.ts'
import { damagedFiles } from '../../../../src/main/trainer/data/damaged-files.ts'
import { createDatasetCache } from '../../../../src/main/trainer/data/dataset-cache.ts'
import { describeDataset, loadDataset } from '../../../../src/main/trainer/data/open-dataset.ts'
import { emptyFolder, range } from '../../../datasets/support.ts'

const specOf = (settings: object) => dataSpec.parse({ source: 'image-folder', ...settings })
const refusing = specOf({})
const leavingOut = specOf({ damagedImages: 'leave-out' })

/** Two classes of ten training and three test images, each of another grey. */
async function folderOfImages(): Promise<string> {
  const folder = await emptyFolder()
  for (const [label, name] of ['cat', 'dog'].entries()) {
    for (const image of range(10)) await write(join(folder, 'train', name, `${image}.jpg`), 100 * label + 5 * image)
    for (const image of range(3)) await write(join(folder, 'test', name, `${image}.jpg`), 100 * label + 60 + image)
  }
  return folder
}

async function write(path: string, grey: number, side = 32): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const pixels = new Uint8Array(side * side * 3).fill(grey)
  await writeFile(
    path,
    await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
      .jpeg()
      .toBuffer(),
  )
}

/** Cuts an image short, as an interrupted download does: its beginning still says how large it is. */
async function damage(folder: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    const bytes = await readFile(join(folder, name))
    await writeFile(join(folder, name), bytes.subarray(0, Math.floor(bytes.length * 0.6)))
  }
}

async function described(data: DataSpec, folder: string): Promise<ImageDescription> {
  const found = await describeDataset(data, { dataPath: folder })
  if (found.kind !== 'images') throw new Error('expected images')
  return found
}

test('damaged images are counted and named before anything is trained on', async () => {
  const folder = await folderOfImages()
  await damage(folder, 'train/cat/3.jpg', 'test/dog/1.jpg')
  const expected = {
    code: 'data',
    message: expect.stringMatching(
      `2 of 26 images cannot be decoded as JPEG or PNG: ${join(folder, 'train/cat/3.jpg')} .*, ` +
        `${join(folder, 'test/dog/1.jpg')} .*; replace the files or remove them, or set data.damagedImages: leave-out`,
    ),
  }
  await expect(described(refusing, folder)).rejects.toMatchObject(expected)
  await expect(loadDataset(refusing, { dataPath: folder })).rejects.toMatchObject(expected)
  // Streamed images would be met one by one, those of the test set at the very end.
  const streamed = specOf({ augmentation: 'resized-crop-flip' })
  await expect(loadDataset(streamed, { dataPath: folder })).rejects.toMatchObject(expected)
})

test('only the first of many damaged images are named', async () => {
  const folder = await folderOfImages()
  await damage(folder, ...range(10).map((image) => `train/cat/${image}.jpg`), 'train/dog/0.jpg', 'train/dog/1.jpg')
  await expect(described(refusing, folder)).rejects.toThrow(/12 of 26 images .*cat\/9\.jpg \([^)]*\) and 2 more;/)
})

test('damaged images that are not used are not refused', async () => {
  const folder = await folderOfImages()
  const limited = specOf({ limit: { train: 8, test: 2 } })
  const { selection } = await loadDataset(limited, { dataPath: folder })
  const used = new Set([...selection.train, ...selection.validation])
  const other = range(10).find((position) => !used.has(position))!
  await damage(folder, `train/cat/${other}.jpg`)
  expect((await described(limited, folder)).counts.test).toBe(2)
})

test('damaged images are left out of every split, and the others keep their positions', async () => {
  const folder = await folderOfImages()
  const whole = await loadDataset(refusing, { dataPath: folder })
  await damage(folder, 'train/cat/0.jpg', 'train/cat/3.jpg', 'test/dog/1.jpg')
  const { description, selection, test: tested } = await loadDataset(leavingOut, { dataPath: folder })
  expect(description).toMatchObject({
    available: { train: 20, test: 6 },
    counts: { train: 16, validation: 2, test: 5 },
    leftOut: {
      train: { count: 2, of: 20 },
      test: { count: 1, of: 6 },
      files: ['train/cat/0.jpg', 'train/cat/3.jpg', 'test/dog/1.jpg'].map((name) => join(folder, name)),
    },
  })
  const training = [...selection.train, ...selection.validation].toSorted((a, b) => a - b)
  expect(training).toEqual(range(20).filter((position) => position !== 0 && position !== 3))
  expect([...selection.test]).toEqual([0, 1, 2, 3, 5])
  expect([...tested.labels]).toEqual([0, 0, 0, 1, 1])
  expect(await described(leavingOut, folder)).toEqual(description)
  expect(description.fingerprint).not.toBe(whole.description.fingerprint)
})

test('where too few images are left, the message says how many were left out', async () => {
  const folder = await folderOfImages()
  await damage(folder, ...range(3).flatMap((image) => [`test/cat/${image}.jpg`, `test/dog/${image}.jpg`]))
  await expect(described(leavingOut, folder)).rejects.toThrow(
    /no test samples; 6 of 26 images cannot be decoded and are left out \(0 of 20 training and validation, 6 of 6 test images\)/,
  )
  await damage(folder, ...range(9).map((image) => `train/dog/${image}.jpg`))
  await expect(loadDataset(leavingOut, { dataPath: folder })).rejects.toThrow(
    /class dog has a single training sample.*; 15 of 26 images cannot be decoded and are left out/,
  )
})

test('the size of all images is never read from a damaged one', async () => {
  const folder = await folderOfImages()
  await write(join(folder, 'train/cat/0.jpg'), 10, 64)
  await damage(folder, 'train/cat/0.jpg')
  expect(await described(leavingOut, folder)).toMatchObject({ height: 32, width: 32, leftOut: { train: { count: 1 } } })
})

test('a folder of which all training images are damaged is refused as a whole', async () => {
  const folder = await folderOfImages()
  await damage(folder, ...range(10).flatMap((image) => [`train/cat/${image}.jpg`, `train/dog/${image}.jpg`]))
  const expected = /none of the 20 training images can be decoded as JPEG or PNG; the first is .*train\/cat\/0\.jpg \(/
  await expect(described(refusing, folder)).rejects.toThrow(expected)
  await expect(described(leavingOut, folder)).rejects.toThrow(expected)
})

test('without damaged images none are reported, and the samples are the same', async () => {
  const folder = await folderOfImages()
  const found = await described(leavingOut, folder)
  expect(found).toEqual(await described(refusing, folder))
  expect(found).not.toHaveProperty('leftOut')
})

test('an image that cannot be read is an error, not a damaged image', async () => {
  const folder = await folderOfImages()
  const listing = { length: 1, at: () => ({ path: join(folder, 'gone.jpg'), label: 0 }) }
  const check = { record: undefined, most: 10, say: () => {} }
  await expect(damagedFiles(listing, check)).rejects.toMatchObject({
    code: 'data',
    message: expect.stringMatching(/gone\.jpg does not exist/),
  })
})

test('pictures are those of the samples that are left', async () => {
  const folder = await folderOfImages()
  await damage(folder, 'test/cat/0.jpg')
  const { dataset, ...request } = { data: leavingOut, dataPath: folder, dataset: '' }
  const { selection } = await createDatasetCache(() => {}).open({ ...request, dataset })
  expect([...selection.test]).toEqual([1, 2, 3, 4, 5])
})

test('an image is decoded once, until its file changes', async () => {
  const folder = await folderOfImages()
  const record = join(await emptyFolder(), 'folder', 'images.decoded')
  const paths = range(10).map((image) => join(folder, 'train/cat', `${image}.jpg`))
  const files = { length: 10, at: (index: number) => ({ path: paths[index]!, label: 0 }) }
  const look = (most: number) => damagedFiles(files, { record, most, say: () => {} })
  // More than may be decoded: nothing is known of any.
  await damage(folder, 'train/cat/4.jpg')
  expect(await look(9)).toEqual([])
  expect(await look(10)).toEqual([4])
  // Now only the damaged one is decoded again.
  expect(await look(1)).toEqual([4])
  await write(paths[4]!, 77)
  await damage(folder, 'train/cat/6.jpg', 'train/cat/2.jpg')
  await utimes(paths[8]!, new Date(0), new Date(0))
  expect(await look(3)).toEqual([])
  expect(await look(4)).toEqual([2, 6])
  await rm(record)
  expect(await look(3)).toEqual([])
})

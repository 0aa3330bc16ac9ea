import { once } from 'node:events'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { decodePicture } from '../../src/datasets/formats/decode.ts'
import { resizedCentre } from '../../src/engine/data/resample.ts'
import { dataSpec } from '../../src/shared/data/data.ts'
import { emptyFolder, loadImages } from './support.ts'

const folder = fileURLToPath(new URL('fixtures/pictures/', import.meta.url))

/** What Pillow and torchvision make of the files: fixtures/make_pictures.py. */
const fixture = JSON.parse(await readFile(new URL('fixtures/pictures.json', import.meta.url), 'utf8')) as Record<
  string,
  { height: number; width: number; pixels: string; evaluated: string }
>
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

describe('a file of an image', () => {
  test.each(Object.keys(fixture))(
    '%s has the pixels that Pillow gives, and torchvision for evaluation',
    async (name) => {
      const { height, width, pixels, evaluated } = fixture[name]!
      const picture = await decodePicture(join(folder, name))
      expect(picture).toMatchObject({ height, width, channels: 3 })
      expect(Buffer.compare(picture.bytes, bytes(pixels))).toBe(0)
      expect(Buffer.compare(resizedCentre(picture, 24), bytes(evaluated))).toBe(0)
    },
  )

  test.each(Object.keys(fixture))('%s has the same rows when only these are read', async (name) => {
    const { height, width, pixels } = fixture[name]!
    for (const rows of [
      { top: 0, height: 1 },
      { top: 3, height: 4 },
      { top: height - 2, height: 2 },
    ]) {
      const { start, bytes: found } = await decodePicture(join(folder, name), (size) => {
        expect(size).toMatchObject({ height, width })
        return rows
      })
      const [from, to] = [rows.top * width * 3, (rows.top + rows.height) * width * 3]
      expect(Buffer.compare(found.subarray(start + from, start + to), bytes(pixels).subarray(from, to))).toBe(0)
    }
  })

  test('is the same in a data set of mixed formats', async () => {
    const names = Object.keys(fixture)
    const root = await emptyFolder()
    for (const [split, label] of ['train', 'test'].flatMap((each) => ['a', 'b'].map((kind) => [each, kind] as const))) {
      await mkdir(join(root, split, label), { recursive: true })
      for (const name of names) await copyFile(join(folder, name), join(root, split, label, name))
    }
    const data = dataSpec.parse({ source: 'image-folder', imageSize: 24 })
    const { test: tested } = await loadImages(data, root)
    // By code unit, in which the listing has them as well.
    const ofClass = names.toSorted().map((name) => bytes(fixture[name]!.evaluated))
    expect(Buffer.compare(tested.images, Buffer.concat([...ofClass, ...ofClass]))).toBe(0)
  })

  test('is of a format that may be decoded: which do is not said again by each thread, while others decode', async () => {
    const png = { operation: ['VipsForeignLoadPng'] }
    sharp.block(png)
    try {
      const module = new URL('../../src/datasets/formats/decode.ts', import.meta.url)
      const [code] = await once(new Worker(`import(${JSON.stringify(module)})`, { eval: true }), 'exit')
      expect(code).toBe(0)
      await expect(decodePicture(join(folder, 'colour.png'))).rejects.toMatchObject({ code: 'data' })
    } finally {
      sharp.unblock(png)
    }
    expect(await decodePicture(join(folder, 'colour.png'))).toMatchObject({ channels: 3 })
  })

  test.each([
    ['cut short', (whole: Uint8Array) => whole.subarray(0, whole.length - 200)],
    ['without a beginning', (whole: Uint8Array) => whole.subarray(50)],
    ['empty', () => new Uint8Array()],
  ])('%s is refused by name', async (_, damage) => {
    const path = join(await emptyFolder(), 'damaged.jpg')
    await writeFile(path, damage(await readFile(join(folder, 'colour.jpg'))))
    // Also where the damage is not in the rows that are needed.
    for (const rowsOf of [undefined, () => ({ top: 0, height: 1 })]) {
      await expect(decodePicture(path, rowsOf)).rejects.toMatchObject({
        code: 'data',
        message: expect.stringMatching(
          /damaged\.jpg cannot be decoded as JPEG or PNG \(.*replace the file or remove it/,
        ),
      })
    }
  })
})

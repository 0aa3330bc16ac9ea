import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { dataSpec } from '../../src/shared/data/data.ts'
import { emptyFolder, idxBytes, pixel, range, describeImages, loadImages } from './support.ts'

/** They pack to 64 kB. */
const zeros = Buffer.alloc(64 * 2 ** 20)

const data = dataSpec.parse({ source: 'fashion-mnist', validation: { fraction: 0.25 } })
const [height, width] = [3, 2]

interface Written {
  packed: boolean
  dots: boolean
}

/** 40 training and 20 test images of 3 × 2, labels 0 … 9 in turn. */
async function writeSplits({ packed, dots }: Written = { packed: true, dots: false }): Promise<string> {
  const folder = await emptyFolder()
  const write = (name: string, bytes: Uint8Array) => {
    const named = (dots ? name.replace('-idx', '.idx') : name) + (packed ? '.gz' : '')
    return writeFile(join(folder, named), packed ? gzipSync(bytes) : bytes)
  }
  for (const [prefix, count] of [['train', 40] as const, ['t10k', 20] as const]) {
    const pixels = range(count).flatMap((image) => range(height * width).map((at) => pixel(image, at)))
    await write(`${prefix}-images-idx3-ubyte`, idxBytes([count, height, width], pixels))
    await write(
      `${prefix}-labels-idx1-ubyte`,
      idxBytes(
        [count],
        range(count).map((image) => image % 10),
      ),
    )
  }
  return folder
}

describe('idx files', () => {
  test('are read, split and described', async () => {
    const folder = await writeSplits()
    const { description, train, validation, test: tested } = await loadImages(data, folder)
    expect(description).toMatchObject({
      height,
      width,
      channels: 1,
      classes: 10,
      normalisation: { mean: [0.286], std: [0.353] },
      counts: { train: 30, validation: 10, test: 20 },
    })
    expect([train.count, validation.count, tested.count]).toEqual([30, 10, 20])
    expect([...validation.labels].sort()).toEqual(range(10))
    expect(Array.from(tested.images)).toEqual(range(20).flatMap((image) => range(6).map((at) => pixel(image, at))))
    expect(await describeImages(data, folder)).toEqual(description)
  })

  test('give each image its own label', async () => {
    const { train, validation } = await loadImages(data, await writeSplits())
    for (const set of [train, validation]) {
      for (const position of range(set.count)) {
        const image = range(40).find((each) =>
          range(6).every((at) => set.images[position * 6 + at] === pixel(each, at)),
        )!
        expect(set.labels[position]).toBe(image % 10)
      }
    }
  })

  test('have one fingerprint, packed or not, and another one when a byte differs', async () => {
    const packed = await describeImages(data, await writeSplits())
    const folder = await writeSplits({ packed: false, dots: true })
    expect((await describeImages(data, folder)).fingerprint).toBe(packed.fingerprint)
    const changed = range(20).map((image) => (image === 7 ? 8 : image % 10))
    await writeFile(join(folder, 't10k-labels.idx1-ubyte'), idxBytes([20], changed))
    expect((await describeImages(data, folder)).fingerprint).not.toBe(packed.fingerprint)
  })

  const broken: [name: string, breakIt: (folder: string) => Promise<void>, message: RegExp][] = [
    [
      'a file that is not there',
      (folder) => rm(join(folder, 't10k-labels-idx1-ubyte.gz')),
      /data\.path: .* has no file t10k-labels-idx1-ubyte\.gz or .*put the original file there/,
    ],
    [
      'a file cut short',
      (folder) => writeFile(join(folder, 'train-images-idx3-ubyte.gz'), gzipSync(idxBytes([40, 3, 2], range(200)))),
      /train-images-idx3-ubyte\.gz .*40 × 3 × 2 values stated in the header, 200 of 240 bytes found/,
    ],
    [
      'a compressed file cut short',
      (folder) =>
        writeFile(join(folder, 'train-labels-idx1-ubyte.gz'), gzipSync(idxBytes([40], range(40))).subarray(0, 30)),
      /train-labels-idx1-ubyte\.gz is damaged or truncated/,
    ],
    [
      'a compressed file that unpacks to more than it announces',
      (folder) =>
        writeFile(join(folder, 'train-labels-idx1-ubyte.gz'), gzipSync(Buffer.concat([idxBytes([40], []), zeros]))),
      /train-labels-idx1-ubyte\.gz .*: 40 values stated in the header, more than 40 bytes found/,
    ],
    [
      'a file that announces more than memory holds',
      (folder) =>
        writeFile(join(folder, 'train-images-idx3-ubyte.gz'), gzipSync(idxBytes([2 ** 31, 2 ** 15, 2 ** 10], [1]))),
      /train-images-idx3-ubyte\.gz states a size of 72\.1 PB in its header, but only .* [MGT]B of memory are free/,
    ],
    [
      'images in place of labels',
      (folder) => writeFile(join(folder, 'train-labels-idx1-ubyte.gz'), gzipSync(idxBytes([1, 2, 2], range(4)))),
      /expected 0x00000801 at its start, got 0x00000803/,
    ],
    [
      'a label out of range',
      (folder) =>
        writeFile(join(folder, 't10k-labels-idx1-ubyte.gz'), gzipSync(idxBytes([20], [...range(19).map(() => 1), 10]))),
      /image 19 has the label 10; expected 0 to 9/,
    ],
    [
      'more labels than images',
      (folder) => writeFile(join(folder, 't10k-labels-idx1-ubyte.gz'), gzipSync(idxBytes([21], range(21).fill(0)))),
      /has 20 images but .* 21 labels/,
    ],
    [
      'a folder that is not there',
      (folder) => rm(folder, { recursive: true }),
      /data\.path: .* does not exist; expected/,
    ],
  ]
  test.each(broken)('%s is refused by name', async (_, breakIt, message) => {
    const folder = await writeSplits()
    await breakIt(folder)
    await expect(loadImages(data, folder)).rejects.toMatchObject({
      code: 'data',
      message: expect.stringMatching(message),
    })
  })
})

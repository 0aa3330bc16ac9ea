import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { checkFits } from '../../src/datasets/formats/in-memory.ts'
import { dataSpec } from '../../src/shared/data/data.ts'
import { emptyFolder, range, describeImages, loadImages } from './support.ts'

const data = dataSpec.parse({ source: 'image-folder' })
const refusal = (pattern: RegExp) => ({ code: 'data', message: expect.stringMatching(pattern) })

interface Plain {
  colour: readonly number[]
  width?: number
  height?: number
}

/** An image of one colour: grey, grey and alpha, red–green–blue, or with alpha. */
async function write(path: string, { colour, width = 8, height = 8 }: Plain): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const channels = colour.length as 1 | 2 | 3 | 4
  const pixels = Uint8Array.from(range(width * height).flatMap(() => [...colour]))
  const image = sharp(pixels, { raw: { width, height, channels } })
  if (channels < 3) image.toColourspace('b-w')
  await (path.endsWith('.png') ? image.png() : image.jpeg({ quality: 100 })).toFile(path)
}

/** Two classes of six training and two test images; red values tell images apart. */
async function twoClasses(testName = 'test'): Promise<string> {
  const folder = await emptyFolder()
  for (const [label, name] of ['cat', 'dog'].entries()) {
    for (const image of range(6)) {
      const colour = [20 * image, 100 * label, 50]
      await write(join(folder, 'train', name, `${image}.${image % 2 ? 'jpg' : 'png'}`), { colour })
    }
    for (const image of range(2)) {
      await write(join(folder, testName, name, `${image}.PNG`.toLowerCase()), {
        colour: [200 + image, 100 * label, 50],
      })
    }
  }
  return folder
}

const firstPixels = ({ images, count }: { images: Uint8Array; count: number }) =>
  range(count).map((image) => Array.from(images.subarray((image * images.length) / count).subarray(0, 3)))

describe('a folder of images', () => {
  test('has its folders as classes, in the order of their names', async () => {
    const { description, train, validation, test: tested } = await loadImages(data, await twoClasses())
    expect(description).toMatchObject({ height: 8, width: 8, channels: 3, classes: 2 })
    expect(description.counts).toEqual({ train: 11, validation: 1, test: 4 })
    expect(Array.from(tested.labels)).toEqual([0, 0, 1, 1])
    expect(firstPixels(tested)).toEqual([
      [200, 0, 50],
      [201, 0, 50],
      [200, 100, 50],
      [201, 100, 50],
    ])
    for (const set of [train, validation]) {
      // The green of an image tells its class; JPEG may be off by a little.
      expect(firstPixels(set).map(([, green]) => Math.round(green! / 100))).toEqual(Array.from(set.labels))
    }
  })

  test('says that its images do not fit before it makes them that large', async () => {
    const folder = await twoClasses()
    const asked = describeImages({ ...data, imageSize: 1_000_000 }, folder)
    await expect(asked).rejects.toMatchObject(refusal(/do not fit into memory: they need 33.0 TB.*data\.imageSize/))
  })

  test('is measured on its training images alone', async () => {
    const folder = await emptyFolder()
    for (const name of ['cat', 'dog']) {
      for (const image of range(4)) {
        await write(join(folder, 'train', name, `${image}.png`), { colour: name === 'cat' ? [0, 255, 51] : [0, 0, 51] })
      }
      await write(join(folder, 'test', name, '0.png'), { colour: [255, 255, 255] })
    }
    const { normalisation, counts } = await describeImages(data, folder)
    // One image of eight is held back.
    expect(counts.train).toBe(7)
    expect([3 / 7, 4 / 7].map((mean) => Math.round(mean * 1e4) / 1e4)).toContain(normalisation.mean[1])
    expect([normalisation.mean[0], normalisation.mean[2]]).toEqual([0, 0.2])
    expect(normalisation.std[1]).toBeCloseTo(Math.sqrt((3 / 7) * (4 / 7)), 4)
    expect(normalisation.std[0]).toBeGreaterThan(0)
  })

  test('takes val as its test images where there is no test', async () => {
    const { description } = await loadImages(data, await twoClasses('val'))
    expect(description.counts.test).toBe(4)
  })

  test('takes val as its test images where those under test are not labelled', async () => {
    const folder = await twoClasses('val')
    await write(join(folder, 'test/images/0.png'), { colour: [1, 2, 3] })
    const { description, test: tested } = await loadImages(data, folder)
    expect(description.counts.test).toBe(4)
    expect(Array.from(tested.labels)).toEqual([0, 0, 1, 1])
  })

  test('takes the images of test, whatever lies in val', async () => {
    const folder = await twoClasses()
    await write(join(folder, 'val/bird/0.png'), { colour: [1, 2, 3] })
    expect((await loadImages(data, folder)).description.counts.test).toBe(4)
  })

  test('turns grey and transparent images into red, green and blue', async () => {
    const folder = await twoClasses()
    await write(join(folder, 'test/cat/0.png'), { colour: [70] })
    await write(join(folder, 'test/cat/1.png'), { colour: [70, 128] })
    await write(join(folder, 'test/dog/0.png'), { colour: [10, 20, 30, 0] })
    await write(join(folder, 'test/dog/1.jpg'), { colour: [90] })
    await rm(join(folder, 'test/dog/1.png'))
    const { test: tested } = await loadImages(data, folder)
    expect(firstPixels(tested)).toEqual([
      [70, 70, 70],
      [70, 70, 70],
      [10, 20, 30],
      [90, 90, 90],
    ])
  })

  test('scales the shorter side to data.imageSize and keeps the middle', async () => {
    const folder = await twoClasses()
    const [left, middle, right] = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
    ]
    const stripes = range(16).flatMap(() => range(48).flatMap((x) => (x < 16 ? left! : x < 32 ? middle! : right!)))
    const raw = { width: 48, height: 16, channels: 3 } as const
    await sharp(Uint8Array.from(stripes), { raw }).png().toFile(join(folder, 'test/cat/0.png'))
    const { test: tested } = await loadImages({ ...data, imageSize: 4 }, folder)
    expect([tested.height, tested.width, tested.images.length]).toEqual([4, 4, 4 * 48])
    const inner = [5, 6, 9, 10].map((at) => Array.from(tested.images.subarray(at * 3, at * 3 + 3)))
    for (const pixel of inner) expect(pixel).toEqual([0, 255, 0])
  })

  test('has a fingerprint of the files in use: their bytes and classes, not their names', async () => {
    const folder = await twoClasses()
    const { fingerprint } = await describeImages(data, folder)
    expect((await loadImages(data, folder)).description.fingerprint).toBe(fingerprint)
    await write(join(folder, 'test/dog/1.png'), { colour: [202, 100, 50] })
    expect((await describeImages(data, folder)).fingerprint).not.toBe(fingerprint)
  })

  test('is limited before anything is decoded', async () => {
    const folder = await twoClasses()
    const limited = { ...data, limit: { train: 6, test: 2 }, validation: { fraction: 0.34, seed: 1 } }
    const { description, train, validation } = await loadImages(limited, folder)
    expect(description.counts).toEqual({ train: 4, validation: 2, test: 2 })
    expect([Array.from(train.labels), Array.from(validation.labels)]).toEqual([
      [0, 0, 1, 1],
      [0, 1],
    ])
  })
})

describe('a folder of classes without a split', () => {
  /** Eleven cats and seven dogs. */
  async function unsplit(folder?: string): Promise<string> {
    const path = folder ?? (await emptyFolder())
    for (const [label, name] of ['cat', 'dog'].entries()) {
      for (const image of range(label === 0 ? 11 : 7)) {
        await write(join(path, name, `${image}.png`), { colour: [20 * image, 100 * label, 50] })
      }
    }
    return path
  }
  const reds = (set: { images: Uint8Array; count: number }) => firstPixels(set).map(([red, green]) => `${red} ${green}`)

  test('has a share of each class held back as test images', async () => {
    const { description, train, validation, test: tested } = await loadImages(data, await unsplit())
    // 0.2 of 18, rounded, is 4: 2.2 and 1.4 by largest remainder.
    expect(description).toMatchObject({
      testHeldBack: 0.2,
      available: { train: 14, test: 4 },
      classNames: ['cat', 'dog'],
    })
    expect(Array.from(tested.labels)).toEqual([0, 0, 1, 1])
    expect(description.classCounts).toEqual({ train: [8, 5], validation: [1, 0], test: [2, 2] })
    const all = [train, validation, tested].flatMap(reds)
    expect(new Set(all).size).toBe(18)
  })

  test('has the same test images for every seed of the validation split, and whatever its files are called', async () => {
    const folder = await unsplit()
    const before = reds((await loadImages({ ...data, validation: { fraction: 0.1, seed: 1 } }, folder)).test)
    for (const image of range(7)) await rename(join(folder, `dog/${image}.png`), join(folder, `dog/x${6 - image}.png`))
    const after = reds((await loadImages({ ...data, validation: { fraction: 0.1, seed: 2 } }, folder)).test)
    expect(after.toSorted()).toEqual(before.toSorted())
  })

  test('has another share where the file says so', async () => {
    const { counts, testHeldBack } = await describeImages({ ...data, testFraction: 0.5 }, await unsplit())
    expect([counts.test, testHeldBack]).toEqual([9, 0.5])
  })

  test('takes no share where there are test images', async () => {
    await expect(describeImages({ ...data, testFraction: 0.5 }, await twoClasses())).rejects.toMatchObject(
      refusal(/data\.testFraction: .* has its own test images; remove testFraction/),
    )
  })
})

describe('other contents of a folder', () => {
  test('files and folders whose names begin with a dot are no images', async () => {
    const folder = await twoClasses()
    const before = await describeImages(data, folder)
    await writeFile(join(folder, 'train/cat/._0.png'), 'resource fork')
    await write(join(folder, 'train/cat/.thumbnails/0.png'), { colour: [1, 2, 3] })
    await mkdir(join(folder, 'train/.git'))
    expect(await describeImages(data, folder)).toEqual(before)
  })

  test('links to folders and files are followed', async () => {
    const folder = await twoClasses()
    await rename(join(folder, 'train/dog'), join(folder, 'elsewhere'))
    await symlink('../elsewhere', join(folder, 'train/dog'))
    await symlink('../../elsewhere/0.png', join(folder, 'test/dog/2.png'))
    expect((await describeImages(data, folder)).counts).toEqual({ train: 11, validation: 1, test: 5 })
  })
})

describe('TinyImageNet as distributed', () => {
  async function tinyImageNet(): Promise<string> {
    const folder = await emptyFolder()
    const names = ['n02124075', 'n01443537']
    await writeFile(join(folder, 'wnids.txt'), names.join('\n'))
    for (const [index, name] of names.entries()) {
      for (const image of range(3)) {
        await write(join(folder, 'train', name, 'images', `${name}_${image}.JPEG`), { colour: [image, 0, 0] })
      }
      await writeFile(join(folder, 'train', name, `${name}_boxes.txt`), `${name}_0.JPEG\t0\t0\t7\t7\n`)
      await write(join(folder, 'val', 'images', `val_${index}.JPEG`), { colour: [0, 100 * index, 0] })
    }
    await write(join(folder, 'test', 'images', 'test_0.JPEG'), { colour: [0, 0, 0] })
    const lines = names.map((name, index) => `val_${index}.JPEG\t${name}\t0\t0\t7\t7\n`)
    await writeFile(join(folder, 'val', 'val_annotations.txt'), lines.join(''))
    return folder
  }

  test('has its validation images as test images, and the constants in common use', async () => {
    const { description, test: tested } = await loadImages(data, await tinyImageNet())
    expect(description).toMatchObject({
      classes: 2,
      counts: { train: 5, validation: 1, test: 2 },
      normalisation: { mean: [0.4802, 0.4481, 0.3975], std: [0.2302, 0.2265, 0.2262] },
    })
    // Classes are sorted: val_0 shows n02124075, the second one.
    expect(Array.from(tested.labels)).toEqual([1, 0])
    expect(firstPixels(tested).map(([, green]) => Math.round(green! / 100))).toEqual([0, 1])
  })

  test('an annotation of an unknown class is named by its line', async () => {
    const folder = await tinyImageNet()
    await writeFile(
      join(folder, 'val', 'val_annotations.txt'),
      'val_0.JPEG\tn02124075\t0\t0\t7\t7\nval_1.JPEG\tn9\t0\n',
    )
    await expect(loadImages(data, folder)).rejects.toMatchObject(
      refusal(/val_annotations\.txt, line 2: expected an image/),
    )
  })
})

describe('folders that are not as they should be', () => {
  const broken: [name: string, breakIt: (folder: string) => Promise<unknown>, message: RegExp][] = [
    [
      'no such folder',
      (folder) => rm(folder, { recursive: true }),
      /data\.path: .* does not exist; expected a folder with/,
    ],
    [
      'no train folder',
      (folder) => rm(join(folder, 'train'), { recursive: true }),
      /has no folder train; found the folder test; expected a folder with train\/CLASS/,
    ],
    [
      'a single class folder, without train and test',
      async (folder) => {
        for (const split of ['train', 'test']) await rm(join(folder, split), { recursive: true })
        await write(join(folder, 'cat/0.png'), { colour: [1, 2, 3] })
      },
      /has no folder train; found the folder cat; expected .* CLASS\/… alone \(two classes or more\)/,
    ],
    [
      'nothing but a file',
      async (folder) => {
        for (const split of ['train', 'test']) await rm(join(folder, split), { recursive: true })
        await writeFile(join(folder, 'train'), '')
      },
      /has no folder train; found a file train; expected/,
    ],
    [
      'no folder at all',
      async (folder) => {
        for (const split of ['train', 'test']) await rm(join(folder, split), { recursive: true })
      },
      /has no folder train; found no folder in it; expected/,
    ],
    [
      'other folders',
      async (folder) => {
        await rm(join(folder, 'train'), { recursive: true })
        for (const name of range(7)) await mkdir(join(folder, String(name)))
      },
      /has no folder train; found the folder 0, .*the folder 4, 3 more; expected/,
    ],
    [
      'a single class',
      (folder) => rm(join(folder, 'train/dog'), { recursive: true }),
      /train has 1 class folders; expected two/,
    ],
    ['no test images', (folder) => rm(join(folder, 'test'), { recursive: true }), /has no test images; expected/],
    [
      'a class under test alone',
      (folder) => write(join(folder, 'test/bird/0.png'), { colour: [1, 2, 3] }),
      /test\/bird is a class without a folder in train/,
    ],
    [
      'train classes without images',
      async (folder) => {
        await rm(join(folder, 'train'), { recursive: true })
        for (const name of ['cat', 'dog']) {
          await mkdir(join(folder, 'train', name), { recursive: true })
          await writeFile(join(folder, 'train', name, '0.gif'), 'GIF89a')
        }
      },
      /no file in the class folders of .*train ends in \.jpg, \.jpeg, \.png; add images/,
    ],
    [
      'test classes without images',
      async (folder) => {
        await rm(join(folder, 'test'), { recursive: true })
        await mkdir(join(folder, 'test', 'cat'), { recursive: true })
      },
      /no file in the class folders of .*test ends in \.jpg, \.jpeg, \.png; add images/,
    ],
    [
      'a class with one image',
      async (folder) => {
        for (const image of range(5)) await rm(join(folder, `train/dog/${image}.${image % 2 ? 'jpg' : 'png'}`))
      },
      /class dog has a single training sample; every class needs two or more/,
    ],
    [
      'a file cut short',
      async (folder) => {
        const path = join(folder, 'train/cat/1.jpg')
        const bytes = await readFile(path)
        await writeFile(path, bytes.subarray(0, bytes.length - 20))
      },
      // In which words is the decoder's affair, and not always the same while others decode beside it.
      /1 of 16 images cannot be decoded as JPEG or PNG: .*train\/cat\/1\.jpg \(.*\); replace the files or remove them/,
    ],
    [
      'a file that is no image',
      (folder) => writeFile(join(folder, 'test/cat/1.png'), 'text'),
      /images cannot be decoded as JPEG or PNG: .*test\/cat\/1\.png \(.*unsupported image format.*\); replace the files/,
    ],
    [
      'a link to a folder around it',
      (folder) => symlink('..', join(folder, 'train/cat/again')),
      /train\/cat\/again is a link to its own parent folder .*train; remove the link/,
    ],
    [
      'two folders that lead to one another',
      async (folder) => {
        await symlink('../dog', join(folder, 'train/cat/other'))
        await symlink('../cat', join(folder, 'train/dog/other'))
      },
      /train\/cat\/other\/other is a link to its own parent folder .*train\/cat/,
    ],
    [
      'a pipe',
      async (folder) => void execFileSync('mkfifo', [join(folder, 'test/cat/2.png')]),
      /test\/cat\/2\.png is a pipe, a device or a folder, not an image file; remove it/,
    ],
    [
      'a drawing that is called a PNG file',
      (folder) =>
        writeFile(join(folder, 'test/cat/1.png'), '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'),
      /cannot be decoded as JPEG or PNG: .*test\/cat\/1\.png \(.*unsupported image format/,
    ],
    [
      'images of several sizes',
      (folder) => write(join(folder, 'train/dog/0.png'), { colour: [0, 100, 0], width: 9 }),
      /train\/dog\/0\.png is 8 × 9 pixels; expected 8 × 8 as for the others; set data\.imageSize/,
    ],
  ]
  test.each(broken)('%s is refused', async (_, breakIt, message) => {
    const folder = await twoClasses()
    await breakIt(folder)
    await expect(loadImages(data, folder)).rejects.toMatchObject(refusal(message))
  })

  test('more images than memory holds are refused before they are read', () => {
    const description = {
      height: 224,
      width: 224,
      channels: 3,
      counts: { train: 1_200_000, validation: 81_167, test: 50_000 },
    }
    expect(() => checkFits(description, 32e9)).toThrow(/need 200 GB, 32\.0 GB are free; set data\.limit/)
    expect(() => checkFits(description, 187 * 2 ** 30)).not.toThrow()
  })
})

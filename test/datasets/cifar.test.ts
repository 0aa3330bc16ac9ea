import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { numpyPickle } from '../../src/datasets/formats/numpy-pickle.ts'
import { parsePickle } from '../../src/files/pickle/pickle.ts'
import { dataSpec } from '../../src/shared/data/data.ts'
import { emptyFolder, pixel, range, describeImages, loadImages } from './support.ts'

const pickled = (name: string) =>
  new Uint8Array(gunzipSync(readFileSync(new URL(`../engine/data/fixtures/${name}.pickle.gz`, import.meta.url))))

/** The same images and labels as in the pickled fixtures (engine/data/fixtures/make_cifar.py). */
function binary(count: number, classes: number, coarse: boolean): Uint8Array {
  const images = range(count).map((image) => [
    ...(coarse ? [image % 20] : []),
    image % classes,
    ...range(3072).map((at) => pixel(image, at)),
  ])
  return Uint8Array.from(images.flat())
}

const parts = range(5).map((part) => `data_batch_${part + 1}`)
const files = {
  cifar10: {
    python: Object.fromEntries([...parts, 'test_batch'].map((name) => [name, pickled('cifar10')])),
    binary: Object.fromEntries([...parts, 'test_batch'].map((name) => [`${name}.bin`, binary(20, 10, false)])),
  },
  cifar100: {
    python: { train: pickled('cifar100'), test: pickled('cifar100') },
    binary: { 'train.bin': binary(300, 100, true), 'test.bin': binary(300, 100, true) },
  },
}
const textFile = { cifar10: 'batches.meta.txt', cifar100: 'fine_label_names.txt' }
const counts = { cifar10: { train: 90, validation: 10, test: 20 }, cifar100: { train: 270, validation: 30, test: 300 } }

async function writeFolder(content: Record<string, Uint8Array>, folder?: string): Promise<string> {
  const path = folder ?? (await emptyFolder())
  await mkdir(path, { recursive: true })
  for (const [name, bytes] of Object.entries(content)) await writeFile(join(path, name), bytes)
  return path
}

async function archived(content: Record<string, Uint8Array>, folder: string): Promise<Uint8Array> {
  const archive = pack()
  archive.entry({ name: `${folder}/`, type: 'directory' })
  archive.entry({ name: `${folder}/readme.html` }, 'about')
  for (const [name, bytes] of Object.entries(content)) archive.entry({ name: `${folder}/${name}` }, Buffer.from(bytes))
  archive.finalize()
  return gzipSync(await buffer(archive))
}

describe.each(['cifar10', 'cifar100'] as const)('%s', (source) => {
  const data = dataSpec.parse({ source })

  test('is read alike from its binary and its python files', async () => {
    const [fromBinary, fromPython] = await Promise.all([
      loadImages(data, await writeFolder(files[source].binary)),
      loadImages(data, await writeFolder(files[source].python)),
    ])
    expect(fromPython).toEqual(fromBinary)
    expect(fromPython.description).toMatchObject({ height: 32, width: 32, channels: 3, counts: counts[source] })
  })

  test('has red, green and blue of a pixel side by side, and the (fine) label', async () => {
    const { test: tested } = await loadImages(data, await writeFolder(files[source].binary))
    const at = (image: number, row: number, column: number) =>
      Array.from(tested.images.subarray((image * 1024 + row * 32 + column) * 3).subarray(0, 3))
    expect(at(17, 5, 9)).toEqual([0, 1, 2].map((channel) => pixel(17, channel * 1024 + 5 * 32 + 9)))
    expect(tested.labels[17]).toBe(17 % tested.classes)
  })

  test('names its classes where the file of names is there', async () => {
    const names = range(files[source].python.train ? 100 : 10).map((label) => `class ${label}`)
    const binary = { ...files[source].binary, [textFile[source]]: Buffer.from(`${names.join('\n')}\n\n`) }
    expect((await describeImages(data, await writeFolder(binary))).classNames).toEqual(names)
    const without = await describeImages(data, await writeFolder(files[source].python))
    expect(without.classNames).toEqual(range(names.length).map(String))
    const damaged = { ...files[source].binary, [textFile[source]]: Buffer.from('airplane\n') }
    await expect(describeImages(data, await writeFolder(damaged))).rejects.toThrow(/expected \d+ class names, got 1/)
  })

  test('is found in an archive, and in a folder that holds the archive or its folder', async () => {
    const reference = await describeImages(data, await writeFolder(files[source].python))
    const number = source === 'cifar10' ? '10' : '100'
    const unpacked = source === 'cifar10' ? 'cifar-10-batches-py' : 'cifar-100-python'
    const outer = await emptyFolder()
    await writeFolder(files[source].python, join(outer, unpacked))
    expect(await describeImages(data, outer)).toEqual(reference)

    const folder = await emptyFolder()
    const archive = join(folder, `cifar-${number}-python.tar.gz`)
    await writeFile(archive, await archived(files[source].python, unpacked))
    expect(await describeImages(data, archive)).toEqual(reference)
    expect(await describeImages(data, folder)).toEqual(reference)
  })
})

test('CIFAR-10 has the names of its pickled file, in a folder and in an archive', async () => {
  const content = { ...files.cifar10.python, 'batches.meta': pickled('names') }
  const names = range(10).map((label) => `class ${label}`)
  const data = dataSpec.parse({ source: 'cifar10' })
  expect((await describeImages(data, await writeFolder(content))).classNames).toEqual(names)
  const archive = join(await emptyFolder(), 'cifar-10-python.tar.gz')
  await writeFile(archive, await archived(content, 'cifar-10-batches-py'))
  expect((await describeImages(data, archive)).classNames).toEqual(names)
})

describe('CIFAR files that are not as they should be', () => {
  const data = dataSpec.parse({ source: 'cifar10' })
  const refusal = (pattern: RegExp) => ({ code: 'data', message: expect.stringMatching(pattern) })

  test('a missing file is named', async () => {
    const folder = await writeFolder(files.cifar10.binary)
    await rm(join(folder, 'data_batch_3.bin'))
    await expect(loadImages(data, folder)).rejects.toMatchObject(refusal(/data\.path: .* has no data_batch_3\.bin/))
  })

  test('a file cut short is named', async () => {
    const folder = await writeFolder({ ...files.cifar10.binary, 'data_batch_2.bin': binary(2, 10, false).subarray(1) })
    await expect(loadImages(data, folder)).rejects.toMatchObject(
      refusal(/data_batch_2\.bin: expected a multiple of 3073 bytes \(one image of .*\), got 6145/),
    )
    const python = await writeFolder({ ...files.cifar10.python, data_batch_2: pickled('cifar10').subarray(0, 30000) })
    await expect(loadImages(data, python)).rejects.toMatchObject(
      refusal(/data_batch_2 is not a pickle .* is truncated at byte 30000/),
    )
  })

  test('an archive cut short is refused', async () => {
    const folder = await emptyFolder()
    const path = join(folder, 'cifar-10-python.tar.gz')
    await writeFile(path, (await archived(files.cifar10.python, 'cifar-10-batches-py')).subarray(0, 2000))
    await expect(loadImages(data, folder)).rejects.toMatchObject(refusal(/python\.tar\.gz is damaged, truncated/))
  })

  test('an archive that unpacks to more than any of CIFAR is refused without unpacking all of it', async () => {
    const path = join(await emptyFolder(), 'cifar-10-python.tar.gz')
    const tar = gunzipSync(await archived({ padding: new Uint8Array(64 * 2 ** 20) }, 'cifar-10-batches-py'))
    // Without the blocks that end an archive; compressed parts one after the other are one file.
    const part = gzipSync(tar.subarray(0, tar.length - 1024))
    await writeFile(path, Buffer.concat(range(17).map(() => part)))
    await expect(describeImages(data, path)).rejects.toMatchObject(refusal(/it unpacks to more than 1024 MiB/))
  })

  test('a pipe is no archive', async () => {
    const path = join(await emptyFolder(), 'cifar-10-python.tar.gz')
    execFileSync('mkfifo', [path])
    await expect(describeImages(data, path)).rejects.toMatchObject(refusal(/does not hold cifar10; expected/))
  })

  test('the archive or folder of another data set is refused with what was expected', async () => {
    const folder = await emptyFolder()
    const path = join(folder, 'cifar-10-python.tar.gz')
    await writeFile(path, await archived(files.cifar100.python, 'cifar-100-python'))
    await expect(loadImages(data, path)).rejects.toMatchObject(
      refusal(/is not an archive of cifar10; expected cifar-10-binary\.tar\.gz or cifar-10-python\.tar\.gz/),
    )
    await expect(loadImages(data, await writeFolder(files.cifar100.python))).rejects.toMatchObject(
      refusal(/does not hold cifar10; expected/),
    )
    const mixed = await writeFolder({ train: pickled('cifar10'), test: pickled('cifar10') })
    await expect(loadImages(dataSpec.parse({ source: 'cifar100' }), mixed)).rejects.toMatchObject(
      refusal(/train: it has no list “fine_labels”: these are not the files of cifar100/),
    )
  })

  test('numbers of another type than bytes are refused', async () => {
    const floats = Buffer.from(
      Buffer.from(pickled('cifar10')).toString('latin1').replace('U\x02u1', 'U\x02f1'),
      'latin1',
    )
    const folder = await writeFolder({ ...files.cifar10.python, data_batch_2: floats })
    await expect(loadImages(data, folder)).rejects.toMatchObject(
      refusal(/data_batch_2: it has no “data” of unsigned bytes/),
    )
  })

  test('a label out of range is refused', async () => {
    const bytes = binary(20, 10, false)
    bytes[3 * 3073] = 11
    const folder = await writeFolder({ ...files.cifar10.binary, 'test_batch.bin': bytes })
    await expect(loadImages(data, folder)).rejects.toMatchObject(refusal(/test_batch\.bin: image 3 has the label 11/))
  })
})

describe('parsePickle', () => {
  test('executes nothing', () => {
    const command = Buffer.from('\x80\x02cos\nsystem\nU\x02ls\x85R.', 'latin1')
    expect(() => parsePickle(command, numpyPickle('batch'))).toThrow(
      /batch is not a pickle .*calls os\.system, which is not allowed/,
    )
  })

  test('refuses protocols and types that it does not know', () => {
    expect(() => parsePickle(Buffer.from('\x80\x05\x96', 'latin1'), numpyPickle('batch'))).toThrow(
      /operation 0x96 at byte 2/,
    )
    expect(() => parsePickle(Buffer.from('no pickle at all'), numpyPickle('batch'))).toThrow(/operation 0x6e at byte 0/)
  })

  const rewritten = ['bytes', 'latin1'].flatMap((encoding) => [2, 3, 4].map((protocol) => `${encoding}-${protocol}`))
  test.each([...rewritten, 'numpy1-3'])('reads the same as Python 3 writes it: %s', (name) => {
    const [content, original] = [`cifar10-${name}`, 'cifar10'].map(
      (file) => parsePickle(pickled(file), numpyPickle(file)) as Map<string, unknown>,
    ) as [Map<string, unknown>, Map<string, unknown>]
    for (const key of ['labels', 'data']) expect(content.get(key)).toEqual(original.get(key))
  })

  test('executes nothing in protocol 4 either, and accepts text as bytes only within a byte', () => {
    const command = Buffer.from('\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02ls\x85R.', 'latin1')
    expect(() => parsePickle(command, numpyPickle('batch'))).toThrow(/calls os\.system, which is not allowed/)
    const beyond = Buffer.from(
      '\x80\x02c_codecs\nencode\nX\x02\x00\x00\x00\xc4\x80X\x06\x00\x00\x00latin1\x86R.',
      'latin1',
    )
    expect(() => parsePickle(beyond, numpyPickle('batch'))).toThrow(/a character beyond 255/)
  })

  test('reads every value of the fixture', () => {
    const content = parsePickle(pickled('cifar100'), numpyPickle('train')) as Map<string, unknown>
    expect([...content.keys()]).toEqual(['filenames', 'batch_label', 'fine_labels', 'coarse_labels', 'data'])
    const names = content.get('filenames') as Uint8Array[]
    expect([names.length, Buffer.from(names[299]!).toString()]).toEqual([300, 'image_s_000299.png'])
    expect(content.get('coarse_labels')).toEqual(range(300).map((image) => image % 20))
  })
})

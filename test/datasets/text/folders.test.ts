import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { foldersIn, imagesIn } from '../../../src/datasets/formats/walk-folder.ts'
import { datasets, type OpenedText } from '../../../src/datasets/index.ts'
import { textsOf } from '../../../src/datasets/formats/text/fortunes.ts'
import type { TextColumns } from '../../../src/shared/data/text-columns.ts'
import { emptyFolder, range } from '../support.ts'

async function open(source: string, path: string, testFraction?: number): Promise<OpenedText> {
  return (await datasets.get(source).open({ imageSize: null, testFraction }, path)) as OpenedText
}

async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await emptyFolder()
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

const all = async (set: OpenedText, split: 'train' | 'test') =>
  (await set.texts(split, Int32Array.from(range(set.labels[split].length)))).first

describe('20 Newsgroups', () => {
  const messages = {
    '20news-bydate-train/sci.space/60150': Buffer.from(
      'From: a@b\nSubject: Über\n\n> quote\ntext\n-- \nfooter',
      'latin1',
    ),
    '20news-bydate-train/alt.atheism/49960': 'one',
    '20news-bydate-train/alt.atheism/51060': 'two',
    '20news-bydate-test/sci.space/60151': 'three',
  }

  async function archive(folder: string): Promise<string> {
    const path = join(folder, '20news-bydate.tar.gz')
    const tar = pack()
    for (const [name, content] of Object.entries(messages)) tar.entry({ name }, Buffer.from(content))
    tar.entry({ name: 'README' }, 'not a message')
    tar.finalize()
    await pipeline(tar, createGzip(), createWriteStream(path))
    return path
  }

  test('is the same from its archive, a folder with it, and its folders: groups as classes, everything kept', async () => {
    const holder = await emptyFolder()
    const places = [await archive(holder), holder, await folderOf(messages)]
    for (const place of places) {
      const set = await open('newsgroups', place)
      expect(set.classNames).toEqual(['alt.atheism', 'sci.space'])
      expect(await all(set, 'train')).toEqual(['one', 'two', 'From: a@b\nSubject: Über\n\n> quote\ntext\n-- \nfooter'])
      expect([[...set.labels.train], await all(set, 'test')]).toEqual([[0, 0, 1], ['three']])
    }
  })

  test('that is not there, or lacks a part, is refused', async () => {
    await expect(open('newsgroups', await emptyFolder())).rejects.toThrow(
      /does not hold 20 Newsgroups; expected 20news/,
    )
    const part = await folderOf({ '20news-bydate-train/a/1': 'x', '20news-bydate-train/b/1': 'y' })
    await expect(open('newsgroups', part)).rejects.toThrow(/has no messages in 20news-bydate-test/)
    const broken = await folderOf({ '20news-bydate.tar.gz': 'no archive' })
    await expect(open('newsgroups', broken)).rejects.toThrow(/is damaged, truncated or not a \.tar\.gz archive/)
  })
})

describe('a folder of texts', () => {
  test('has a folder a class, each file a text', async () => {
    const set = await open(
      'text-folder',
      await folderOf({
        'train/pos/1.txt': 'good',
        'train/pos/2': 'fine',
        'train/neg/a.md': 'bad',
        'train/neg/.hidden': 'x',
        'test/pos/1.txt': 'well',
        'test/neg/1.txt': '',
      }),
    )
    expect([set.classNames, await all(set, 'train'), await all(set, 'test')]).toEqual([
      ['neg', 'pos'],
      ['bad', 'good', 'fine'],
      ['', 'well'],
    ])
  })

  test('or a file a class, each line a text, of which a share is held back', async () => {
    const lines = (name: string) =>
      range(10)
        .map((line) => `${name} ${line}`)
        .join('\n\n')
    const set = await open('text-folder', await folderOf({ 'cat.txt': lines('miaow'), 'dog.txt': lines('woof') }), 0.3)
    expect([set.classNames, set.labels.train.length, set.labels.test.length]).toEqual([['cat', 'dog'], 14, 6])
  })

  test.each<[string, Record<string, string | Uint8Array>, RegExp]>([
    ['both', { 'cat/1.txt': 'a', 'dog.txt': 'b' }, /has folders \(cat\) and \.txt files \(dog\.txt\)/],
    ['neither', { 'readme.md': 'a' }, /has no texts; expected/],
    ['no test part', { 'train/cat/1.txt': 'a' }, /has a folder train but no folder test/],
    ['a picture', { 'cat/1.png': Uint8Array.of(137, 0, 1), 'dog/1.txt': 'b' }, /cat\/1\.png is no text: .*binary file/],
    ['one class', { 'cat/1.txt': 'a', 'cat/2.txt': 'b' }, /are of the class “cat”; expected two classes/],
  ])('with %s is refused', async (_, files, message) => {
    await expect(open('text-folder', await folderOf(files))).rejects.toThrow(message)
  })
})

test('a folder that vanishes while it is listed is named', async () => {
  const gone = join(await emptyFolder(), 'gone')
  for (const list of [imagesIn, foldersIn])
    await expect(list(gone)).rejects.toMatchObject({ code: 'data', message: `data.path: ${gone} does not exist` })
})

test('a pipe among the texts of a folder is refused by name', async () => {
  const folder = await folderOf({ 'cat/1.txt': 'a', 'dog/1.txt': 'b' })
  execFileSync('mkfifo', [join(folder, 'dog/2.txt')])
  await expect(open('text-folder', folder)).rejects.toMatchObject({
    code: 'data',
    message: expect.stringMatching(/dog\/2\.txt is a device or a pipe, not a file/) as string,
  })
})

describe('a data set of 200,000 short texts of one class', () => {
  const count = 200_000

  test('opens from a folder of texts', async () => {
    const files = { 'train/a.txt': 'a\n'.repeat(count), 'train/b.txt': 'b\n', 'test/a.txt': 'a\n' }
    const { labels } = await open('text-folder', await folderOf(files))
    expect(labels.train).toHaveLength(count + 1)
  })

  test('opens as fortunes', async () => {
    const files = { art: 'a\n%\n'.repeat(count), food: 'b\n%\n'.repeat(100) }
    const { labels } = await open('fortunes', await folderOf(files), 0.5)
    expect(labels.train.length + labels.test.length).toBe(count + 100)
  })
})

describe('fortunes', () => {
  test('are parted by lines of %', () => {
    expect(textsOf('one\n%\ntwo\n\tlines 50%\n%\n%\nthree\n')).toEqual(['one', 'two\n\tlines 50%', 'three'])
  })

  test('of topics with a hundred texts are its classes', async () => {
    const topic = (count: number, name: string) =>
      range(count)
        .map((text) => `${name} ${text}\n`)
        .join('%\n')
    const folder = await folderOf({
      science: topic(120, 'atom'),
      art: topic(100, 'paint'),
      tao: topic(99, 'way'),
      cookie: topic(300, 'any'),
      'science.dat': Uint8Array.of(0, 1),
      'science.u8': topic(120, 'atom'),
    })
    const set = await open('fortunes', folder)
    expect([set.classNames, set.labels.train.length, set.labels.test.length]).toEqual([['art', 'science'], 176, 44])
    await expect(open('fortunes', await folderOf({ tao: topic(5, 'way') }))).rejects.toThrow(
      /no file of .* has 100 texts/,
    )
  })

  test('have their reading ease as values where the experiment asks for it', async () => {
    const folder = await folderOf({
      art: range(100)
        .map(() => 'The cat sat on the mat.\n')
        .join('%\n'),
    })
    const at = (columns: TextColumns) => datasets.get('fortunes').open({ imageSize: null, columns }, folder)
    const set = (await at({ text: 'text', value: 'reading-ease' })) as OpenedText
    expect([set.classNames, set.values?.train, set.values?.test]).toEqual([
      [''],
      new Float32Array(80).fill(5),
      new Float32Array(20).fill(5),
    ])
    await expect(at({ text: 'text', label: 'topic' })).rejects.toThrow(/expected \{ value: reading-ease \}/)
  })
})

import { execFileSync } from 'node:child_process'
import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { datasets, type OpenedText } from '../../../src/datasets/index.ts'
import { textColumns } from '../../../src/shared/data/text-columns.ts'
import { emptyFolder, range } from '../support.ts'

interface Options {
  columns?: object
  testFraction?: number
}

async function open(source: string, path: string, { columns, testFraction }: Options = {}): Promise<OpenedText> {
  const named = columns && textColumns.parse(columns)
  return (await datasets.get(source).open({ imageSize: null, testFraction, columns: named }, path)) as OpenedText
}

async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await emptyFolder()
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

const all = (set: OpenedText, split: 'train' | 'test') =>
  set.texts(split, Int32Array.from(range(set.labels[split].length)))

describe('a table of texts', () => {
  const csv = 'text,label\n"one, ""quoted""",b\n"two\nlines",a\n"",b\n'
  const tsv = 'text\tlabel\nit says "no quoting\tb\ntwo\ta\n'
  const jsonl = '{"text":"one","label":1}\n\n{"text":"t\\u00e9n","label":10}\n{"text":"two","label":2}\n'

  test('is read from CSV with quotes, TSV without, and lines of JSON', async () => {
    const folder = await folderOf({ 'train.csv': csv, 'test.tsv': tsv })
    const set = await open('text-table', folder)
    expect((await all(set, 'train')).first).toEqual(['one, "quoted"', 'two\nlines', ''])
    expect((await all(set, 'test')).first).toEqual(['it says "no quoting', 'two'])
    expect([set.classNames, [...set.labels.train], [...set.labels.test]]).toEqual([
      ['a', 'b'],
      [1, 0, 1],
      [1, 0],
    ])

    const lines = await open('text-table', await folderOf({ 'train.jsonl': jsonl, 'test.jsonl': jsonl }))
    expect((await all(lines, 'train')).first).toEqual(['one', 'tén', 'two'])
    expect(lines.classNames).toEqual(['1', '2', '10'])
  })

  test.each(['\n', '\r\n', '\r'])('of many pieces is read as one, its lines ended by %j', async (end) => {
    // Longer than a piece that is read; characters of three bytes lie across its end.
    const rows = range(250).map((row) => [
      `${row} ${'日本語の文章です。'.repeat(1000)}`,
      row % 2 === 0 ? 'even' : 'odd',
    ])
    const tables = {
      '.csv': ['text,label', ...rows.map(([text, label]) => `"${text}",${label}`)],
      '.tsv': ['text\tlabel', ...rows.map((row) => row.join('\t'))],
      '.jsonl': rows.map(([text, label]) => JSON.stringify({ text, label })),
    }
    for (const [ending, lines] of Object.entries(tables)) {
      const set = await open(
        'text-table',
        await folderOf({ [`train${ending}`]: lines.join(end), [`test${ending}`]: lines.slice(0, 4).join(end) }),
      )
      expect((await all(set, 'train')).first).toEqual(rows.map(([text]) => text))
    }
  })

  test('in one file has a share held back as test texts, the same whatever their order', async () => {
    const rows = range(40).map((row) => `text ${row},${row % 2 === 0 ? 'even' : 'odd'}`)
    const write = (order: string[]) => folderOf({ 'texts.csv': ['text,label', ...order].join('\r\n') })
    const set = await open('text-table', join(await write(rows), 'texts.csv'), { testFraction: 0.25 })
    expect([set.labels.train.length, [...set.labels.test].filter((label) => label === 0).length]).toEqual([30, 5])
    expect(set.testHeldBack).toBe(0.25)
    const reversed = await open('text-table', join(await write(rows.toReversed()), 'texts.csv'), { testFraction: 0.25 })
    expect((await all(reversed, 'test')).first.toSorted()).toEqual((await all(set, 'test')).first.toSorted())
  })

  test('may have pairs and values, in columns of any name', async () => {
    const table = 'id,s1,s2,score\n7,a,b,0.5\n8,c,d,-2e1\n'
    const folder = await folderOf({ 'train.csv': `\ufeff${table}`, 'test.csv': table })
    const set = await open('text-table', folder, { columns: { text: 's1', text2: 's2', value: 'score' } })
    expect(await all(set, 'train')).toEqual({ first: ['a', 'c'], second: ['b', 'd'] })
    expect([...set.values!.train, set.isPaired, set.classNames]).toEqual([0.5, -20, true, ['']])
  })

  test.each<[string, Record<string, string | Uint8Array>, Options, RegExp]>([
    ['an open quote', { 'train.csv': 'text,label\na,b\n"c,d\ne,f\n' }, {}, /train\.csv: Quote Not Closed/],
    ['a quote within a field', { 'train.csv': 'text,label\na"b,c\n' }, {}, /train\.csv: Invalid Opening Quote.*line 2/],
    ['a row that is too long', { 'train.csv': 'text,label\na,b,c\n' }, {}, /train\.csv: Invalid Record Length.*line 2/],
    ['a tab within a text', { 'train.tsv': 'text\tlabel\na\tb\tc\n' }, {}, /train\.tsv, line 2: it has 3 fields/],
    ['a row that is too short', { 'train.tsv': 'text\tlabel\na\n' }, {}, /train\.tsv, line 2: it has 1 fields/],
    [
      'no such column',
      { 'train.csv': 'txt,label\na,b\n' },
      {},
      /data\.columns: .*no column “text”; it has “txt”, “label”/,
    ],
    ['a column twice', { 'train.csv': 'text,label,label\na,b,c\n' }, {}, /several columns “label”; rename all but one/],
    [
      'no such key',
      { 'train.jsonl': '{"text":"a"}\n' },
      {},
      /train\.jsonl, line 1: it has no “label”; set data\.columns/,
    ],
    ['no JSON', { 'train.jsonl': '{"text":"a","label":"b"}\n{"text"\n' }, {}, /line 2: expected a JSON object/],
    ['a number for a text', { 'train.jsonl': '{"text":1,"label":"b"}\n' }, {}, /“text” is 1; expected text/],
    [
      'no class',
      { 'train.csv': 'text,label\na,\n' },
      {},
      /line 2: “label” is ""; expected the name or number of a class/,
    ],
    [
      'a value that is none',
      { 'train.csv': 'text,v\na,1\nb,NaN\n' },
      { columns: { value: 'v' } },
      /line 3: “v” is "NaN"/,
    ],
    [
      'an empty value',
      { 'train.csv': 'text,v\na,1\nb,\n' },
      { columns: { value: 'v' } },
      /line 3: “v” is ""; expected a finite/,
    ],
    [
      'an endless value',
      { 'train.csv': 'text,v\na,1e39\n' },
      { columns: { value: 'v' } },
      /“v” is "1e39"; expected a finite/,
    ],
    ['one class', { 'train.csv': 'text,label\na,x\nb,x\n' }, {}, /all training texts of .* are of the class “x”/],
    ['no rows', { 'train.csv': 'text,label\n' }, {}, /has no training texts/],
    ['nothing', { 'train.csv': '' }, {}, /train\.csv is empty; expected a line of column names/],
    ['a picture', { 'train.csv': Uint8Array.of(137, 80, 78, 71, 0, 1) }, {}, /train\.csv is no text: .*binary file/],
    ['Latin-1', { 'train.csv': Buffer.from('text,label\ncafé,b\n', 'latin1') }, {}, /is no text: it is not in UTF-8/],
  ])('with %s is refused', async (_, files, options, message) => {
    const folder = await folderOf({ 'test.csv': 'text,label,v,s1\na,b,1,c\n', ...files })
    await expect(open('text-table', folder, options)).rejects.toThrow(message)
  })

  test('is no pipe', async () => {
    const pipe = join(await emptyFolder(), 'texts.csv')
    execFileSync('mkfifo', [pipe])
    await expect(open('text-table', pipe)).rejects.toThrow(
      /texts\.csv is a device or a pipe, not a file; expected a \.csv/,
    )
  })

  test('of a text that is longer than a long novel is refused, saying which', async () => {
    const long = `once upon a time ${'a'.repeat(2 ** 22)}`
    const folder = await folderOf({ 'texts.csv': `text,label\na,x\n${long},y\n` })
    await expect(open('text-table', join(folder, 'texts.csv'))).rejects.toMatchObject({
      code: 'data',
      message: expect.stringMatching(
        /text 2 of .*texts\.csv, which begins with “once upon a time a+”, has 4,194,321 characters; expected at most 4,194,304: split it/,
      ) as string,
    })
  })

  test('of more bytes than a text can have is refused before it is read', async () => {
    const folder = await folderOf({ 'train.csv': '', 'test.csv': '' })
    await truncate(join(folder, 'train.csv'), 2 ** 30)
    await expect(open('text-table', folder)).rejects.toThrow(
      /train\.csv has 1\.1 GB, more than the 537 MB that it may have/,
    )
  })

  test('with test texts of a class that none is trained on is refused', async () => {
    const folder = await folderOf({ 'train.csv': 'text,label\na,x\nb,y\n', 'test.csv': 'text,label\na,z\n' })
    await expect(open('text-table', folder)).rejects.toThrow(/a test text of .* is of the class “z”, which no training/)
  })

  test('that is not there, or is no table, is refused', async () => {
    const folder = await folderOf({ 'train.csv': 'text,label\na,x\nb,y\n', 'notes.txt': 'a' })
    await expect(open('text-table', join(folder, 'none'))).rejects.toThrow(/does not exist; expected a \.csv, \.tsv/)
    await expect(open('text-table', join(folder, 'notes.txt'))).rejects.toThrow(/notes\.txt is no table/)
    await expect(open('text-table', folder)).rejects.toThrow(/has no test\.csv/)
    await writeFile(join(folder, 'test.csv'), 'text,label\na,x\n')
    await expect(open('text-table', folder, { testFraction: 0.5 })).rejects.toThrow(/has test texts of its own/)
  })
})

describe('STS-B', () => {
  const header = 'index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore\n'
  const line = (index: number, a: string, b: string, score: string) =>
    `${index}\tmain-news\tMSRpar\t2012test\t${index}\tnone\tnone\t${a}\t${b}\t${score}\n`
  const train = header + line(0, 'A plane is taking off.', 'An air "plane is', '5.000') + line(1, 'a', 'b', '0.25')

  test('is read from GLUE’s folder, dev as test, quotes as they are', async () => {
    const folder = await folderOf({ 'STS-B/train.tsv': train, 'STS-B/dev.tsv': header + line(0, 'c', 'd', '3.8') })
    const set = await open('sts-b', folder)
    expect(await all(set, 'train')).toEqual({
      first: ['A plane is taking off.', 'a'],
      second: ['An air "plane is', 'b'],
    })
    expect([...set.values!.train, ...set.values!.test]).toEqual([5, 0.25, Math.fround(3.8)])
    const fingerprint = (of: OpenedText) =>
      of.fingerprint({ train: Int32Array.of(0), validation: Int32Array.of(1), test: Int32Array.of(0) })
    const same = await open('sts-b', join(folder, 'STS-B'))
    expect(await fingerprint(same)).toBe(await fingerprint(set))
  })

  test('without its files is refused', async () => {
    await expect(open('sts-b', await folderOf({ 'train.tsv': train }))).rejects.toThrow(/does not hold STS-B/)
  })
})

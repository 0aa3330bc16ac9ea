import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTokenizer } from '../../../../src/main/trainer/text/tokenizer.ts'
import { emptyFolder } from '../../../datasets/support.ts'

/** Written by fixtures/make.py with the library of the same name in Rust. */
const file = join(import.meta.dirname, 'fixtures/tokenizer.json')
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/tokens.json'), 'utf8')) as {
  texts: { text: string; ids: number[] }[]
  cut: { first: string; second: string; maxLength: number; ids: number[]; segments: number[] }[]
}
const tokenizer = await readTokenizer(file)

test('ids of real and of hard texts are those of the reference', () => {
  const ids = fixture.texts.map(({ text }) => tokenizer.encode({ first: text, second: null }, 512).ids)
  expect(ids).toEqual(fixture.texts.map(({ ids }) => ids))
  expect(Math.max(...ids.flat())).toBeLessThan(tokenizer.vocabulary)
  expect(tokenizer.vocabulary).toBe(600)
})

test.each(fixture.cut)('a pair is cut to $maxLength tokens, the longer text first: $first', (pair) => {
  const { ids, firstLength } = tokenizer.encode(pair, pair.maxLength)
  expect(ids).toEqual(pair.ids)
  expect(ids.map((_, at) => (at < firstLength ? 0 : 1))).toEqual(pair.segments)
})

test('a text that is cut keeps its special tokens, and reports its full length', () => {
  const text = 'the '.repeat(30)
  const whole = tokenizer.encode({ first: text, second: null }, 64)
  const cut = tokenizer.encode({ first: text, second: null }, 10)
  expect([whole.fullLength, cut.fullLength, cut.ids.length, cut.firstLength]).toEqual([32, 32, 10, 10])
  expect([cut.ids[0], cut.ids.at(-1)]).toEqual([whole.ids[0], whole.ids.at(-1)])
})

test('the older format of special tokens gives the same ids', async () => {
  const content = JSON.parse(readFileSync(file, 'utf8')) as {
    post_processor: { special_tokens: Record<string, { ids: number[] }> }
  }
  const { special_tokens: special } = content.post_processor
  const path = join(await emptyFolder(), 'tokenizer.json')
  const token = (name: string) => [name, special[name]!.ids[0]]
  const post_processor = { type: 'BertProcessing', cls: token('[CLS]'), sep: token('[SEP]') }
  await writeFile(path, JSON.stringify({ ...content, post_processor }))
  const older = await readTokenizer(path)
  const pair = { first: 'how are you', second: 'fine' }
  expect(older.encode(pair, 64)).toEqual(tokenizer.encode(pair, 64))
})

describe('an invalid tokenizer is refused', () => {
  test.each([
    ['no file', null, /tokenizer\.json does not exist; expected the tokenizer\.json of a BERT model/],
    ['no JSON', 'vocab.txt', /is no JSON/],
    ['a list', '[]', /does not say which tokens stand around/],
    ['a configuration', '{"model_type":"bert"}', /does not say which tokens stand around/],
    ['another family', JSON.stringify({ post_processor: { type: 'RobertaProcessing' } }), /does not say which tokens/],
    [
      'no model',
      JSON.stringify({ post_processor: { type: 'BertProcessing', cls: ['[CLS]', 1], sep: ['[SEP]', 2] } }),
      /is no tokenizer/,
    ],
  ])('%s', async (_, content, message) => {
    const path = join(await emptyFolder(), 'tokenizer.json')
    if (content !== null) await writeFile(path, content)
    await expect(readTokenizer(path)).rejects.toThrow(message)
  })
})

/** The tokenizer of the fixture with changes. */
async function changed(changes: (content: Content) => object): Promise<string> {
  const content = JSON.parse(readFileSync(file, 'utf8')) as Content
  const path = join(await emptyFolder(), 'tokenizer.json')
  await writeFile(path, JSON.stringify({ ...content, ...changes(content) }))
  return path
}

interface Content {
  model: { vocab: Record<string, number>; unk_token: string }
  added_tokens: { id: number; content: string }[]
}

const withId = (id: number) => changed(({ model }) => ({ model: { ...model, vocab: { ...model.vocab, the: id } } }))

describe('a vocabulary that no table of tokens has is refused', () => {
  test.each([
    [2 ** 40, /has 1099511627776 as the id of “the” but only 600 tokens; ids are 0 to 599/],
    [2 ** 32 + 3, /has 4294967299 as the id of “the”/],
    [1200, /has 1200 as the id of “the” but only 600 tokens/],
    [1.5, /has 1\.5 as the id of “the”; ids are whole numbers from 0/],
    [-1, /has -1 as the id of “the”/],
    [NaN, /has null as the id of “the”/],
    [5, /has 5 as the id of both “.*” and “the”/],
  ])('with the id %d', async (id, message) => {
    await expect(readTokenizer(await withId(id))).rejects.toMatchObject({
      code: 'data',
      message: expect.stringMatching(message) as string,
    })
  })

  test('without a token, or without the special tokens that stand around texts', async () => {
    const none = await changed(({ model }) => ({ model: { ...model, vocab: {} } }))
    await expect(readTokenizer(none)).rejects.toThrow(/has an empty vocabulary/)
    const few = await changed(({ model }) => ({ model: { ...model, vocab: { a: 0, b: 1 } }, added_tokens: [] }))
    await expect(readTokenizer(few)).rejects.toThrow(/puts the id 2 around texts, but has ids below 2 alone/)
  })

  test('of more tokens than any model has', async () => {
    const vocab = Array.from({ length: 1_000_001 }, () => ['a', 0])
    const path = await changed(({ model }) => ({ model: { ...model, type: 'Unigram', vocab } }))
    await expect(readTokenizer(path)).rejects.toThrow(/has 1,000,001 tokens, more than 1,000,000/)
  })
})

test('ids without a token are rows of the table all the same', async () => {
  expect((await readTokenizer(await withId(1000))).vocabulary).toBe(1001)
})

test('a text of characters without a token is refused where no token stands for unknown ones', async () => {
  const path = await changed(({ model }) => ({ model: { ...model, unk_token: '[NONE]' } }))
  const { encode } = await readTokenizer(path)
  expect(encode({ first: 'the', second: null }, 16).fullLength).toBe(3)
  expect(() => encode({ first: 'the \u{1F600}', second: null }, 16)).toThrow(/has no token for a part of “the .*”/u)
})

describe('steps that lengthen a text', () => {
  const replace = (pattern: object, content: string) => ({ type: 'Replace', pattern, content })
  const sequence = (...normalizers: object[]) => ({ type: 'Sequence', normalizers })
  const growing = replace({ Regex: '.' }, 'aaaaaaaaa ')

  test.each<[string, object, string]>([
    ['nine times in a row', { normalizer: sequence(...Array<object>(9).fill(growing)) }, '2357947691'],
    [
      'in a sequence within another',
      { normalizer: sequence(sequence(replace({ String: 'a' }, 'a'.repeat(17)))) },
      '17',
    ],
    ['by parts of the text', { normalizer: replace({ Regex: '.*' }, '$&$&') }, 'Infinity'],
    ['before they are cut into words', { pre_tokenizer: { type: 'Metaspace', replacement: ' '.repeat(20) } }, '21'],
    ['by what is put before them', { normalizer: { type: 'Prepend', prepend: 'a'.repeat(20) } }, '21'],
  ])('are refused: %s', async (_, steps, times) => {
    await expect(readTokenizer(await changed(() => steps))).rejects.toThrow(
      `may make texts ${times} times as long; at most 16`,
    )
  })

  test('a little, as in models that are known, are taken', async () => {
    const albert = sequence(replace({ String: '``' }, '"'), { type: 'NFKD' }, replace({ Regex: ' {2,}' }, ' '))
    const path = await changed(() => ({ normalizer: albert }))
    expect((await readTokenizer(path)).encode({ first: 'the  the', second: null }, 16).fullLength).toBe(4)
  })

  test('are refused where they are nested beyond all measure', async () => {
    const content = JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as Content), normalizer: 'here' })
    const deep = '{"type":"Sequence","normalizers":['.repeat(100_000) + ']}'.repeat(100_000)
    const path = join(await emptyFolder(), 'tokenizer.json')
    await writeFile(path, content.replace('"here"', deep))
    await expect(readTokenizer(path)).rejects.toMatchObject({ code: 'data' })
  })
})

describe('regular expressions of a tokenizer', () => {
  const splitting = (Regex: string) =>
    changed(() => ({ pre_tokenizer: { type: 'Split', pattern: { Regex }, behavior: 'Removed', invert: false } }))

  test('that never end on a text are ended, and name the text', async () => {
    const { encode } = await readTokenizer(await splitting('^(a+)+$'), 200)
    const text = `${'a'.repeat(50)}b`
    expect(() => encode({ first: text, second: null }, 16)).toThrow(
      /tokenizer\.json needs more than 0 s for “a{40}”: its regular expressions go through this text again and again/,
    )
    expect(encode({ first: 'the', second: null }, 16).fullLength).toBe(3)
  })

  test('give the ids that they give without a limit', async () => {
    const { encode } = await readTokenizer(await splitting('\\s+'))
    const pair = { first: 'how are you', second: 'fine' }
    expect(encode(pair, 64)).toEqual(tokenizer.encode(pair, 64))
  })
})

describe('what is no file is refused by name before it is read', () => {
  const refusal = (what: RegExp) => ({ code: 'data', message: expect.stringMatching(what) as string })

  test('a pipe, a folder, a circular link, a device', async () => {
    const folder = await emptyFolder()
    const at = (name: string) => join(folder, name)
    execFileSync('mkfifo', [at('pipe')])
    await symlink('circle', at('circle'))
    await expect(readTokenizer(at('pipe'))).rejects.toMatchObject(refusal(/pipe is a device or a pipe, not a file/))
    await expect(readTokenizer(folder)).rejects.toMatchObject(refusal(/is a folder, not a file/))
    await expect(readTokenizer(at('circle'))).rejects.toMatchObject(refusal(/is a circular link, not a file/))
    if (process.platform !== 'linux') return
    await expect(readTokenizer('/dev/zero')).rejects.toMatchObject(refusal(/zero is a device or a pipe, not a file/))
  })

  test('a file that is larger than any tokenizer', async () => {
    const path = join(await emptyFolder(), 'tokenizer.json')
    await using large = await open(path, 'w')
    await large.truncate(2 ** 40)
    await expect(readTokenizer(path)).rejects.toMatchObject(
      refusal(/has 1\.1 TB, more than the 40\.0 MB that it may have/),
    )
  })
})

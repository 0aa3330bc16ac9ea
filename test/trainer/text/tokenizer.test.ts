import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTokenizer } from '../../../src/main/trainer/text/tokenizer.ts'
import { emptyFolder } from '../../datasets/support.ts'

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

test('a text that is cut keeps its special tokens, and says how long it was', () => {
  const text = 'the '.repeat(30)
  const whole = tokenizer.encode({ first: text, second: null }, 64)
  const cut = tokenizer.encode({ first: text, second: null }, 10)
  expect([whole.fullLength, cut.fullLength, cut.ids.length, cut.firstLength]).toEqual([32, 32, 10, 10])
  expect([cut.ids[0], cut.ids.at(-1)]).toEqual([whole.ids[0], whole.ids.at(-1)])
})

test('the older way to name special tokens gives the same', async () => {
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

describe('a tokenizer that is none is refused', () => {
  test.each([
    ['no file', null, /tokenizer\.json cannot be read: ENOENT.*expected the tokenizer\.json of a BERT model/],
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

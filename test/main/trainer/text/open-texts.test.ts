import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TextSet } from '../../../../src/engine/index.ts'
import { describeDataset, loadDataset } from '../../../../src/main/trainer/data/open-dataset.ts'
import { dataSpec, type TextDescription } from '../../../../src/shared/data/data.ts'
import { emptyFolder, range } from '../../../datasets/support.ts'

const tokenizer = join(import.meta.dirname, 'fixtures/tokenizer.json')

/** A table whose texts are words that tell their row, `length(row)` of them. */
async function table(count: number, length: (row: number) => number = () => 3) {
  const folder = await emptyFolder()
  const rows = range(count).map(
    (row) => `"${`${row} `.repeat(length(row)).trim()}",${row % 2 === 0 ? 'even' : 'odd'},${row}`,
  )
  const path = join(folder, 'texts.csv')
  await writeFile(path, ['text,label,value', ...rows].join('\n'))
  return { place: { dataPath: path, tokenizer: { file: tokenizer, cache: join(folder, 'tokens') } }, folder }
}

const spec = (changes: object = {}) =>
  dataSpec.parse({
    source: 'text-table',
    maxLength: 16,
    augmentation: 'none',
    validation: { fraction: 0.25 },
    ...changes,
  })

test('texts are tokenised, cut and counted', async () => {
  const { place } = await table(60, (row) => (row === 5 ? 40 : row === 6 ? 0 : 2))
  const { description, train, validation, test } = await loadDataset(spec(), place)
  expect(description).toMatchObject({
    kind: 'text',
    vocabulary: 600,
    maxLength: 16,
    isPaired: false,
    truncated: 1,
    empty: 1,
    values: null,
    counts: { train: 36, validation: 12, test: 12 },
    classNames: ['even', 'odd'],
    testHeldBack: 0.2,
  })
  const { tokens } = description as TextDescription
  expect(tokens.longest).toBeGreaterThanOrEqual(42)
  for (const set of [train, validation, test] as TextSet[]) {
    expect(set.starts).toHaveLength(set.count + 1)
    expect(set.ids).toHaveLength(set.starts.at(-1)!)
    for (const row of range(set.count)) {
      expect(set.starts[row + 1]! - set.starts[row]!).toBeLessThanOrEqual(16)
      expect(set.firstLengths[row]).toBe(set.starts[row + 1]! - set.starts[row]!)
    }
  }
})

test('a second start reads the cached tokens; damaged ones are computed again', async () => {
  const { place, folder } = await table(40)
  const first = await loadDataset(spec(), place)
  const files = await readdir(join(folder, 'tokens'))
  expect(files).toHaveLength(2)
  // Tokens that nothing was tokenised to: they are taken as they are kept, whatever the split for validation.
  const other = await loadDataset(spec({ validation: { fraction: 0.25, seed: 7 } }), place)
  expect(await readdir(join(folder, 'tokens'))).toEqual(files)
  expect(other.train.count).toBe(first.train.count)
  for (const name of files) {
    const path = join(folder, 'tokens', name)
    const bytes = await readFile(path)
    bytes[bytes.length - 1]! ^= 255
    await writeFile(path, bytes)
  }
  expect((await loadDataset(spec(), place)).train).toEqual(first.train)
})

test('the fingerprint depends on texts, classes and tokenizer', async () => {
  const { place, folder } = await table(40)
  const { fingerprint } = await describeDataset(spec(), place)
  expect((await describeDataset(spec({ maxLength: 12 }), place)).fingerprint).toBe(fingerprint)
  const other = join(folder, 'other.json')
  await writeFile(other, `${await readFile(tokenizer, 'utf8')}\n`)
  const changed = await describeDataset(spec(), { ...place, tokenizer: { ...place.tokenizer, file: other } })
  expect(changed.fingerprint).not.toBe(fingerprint)
})

test('values are held back by groups of similar ones', async () => {
  const { place } = await table(100)
  const loaded = await loadDataset(spec({ columns: { value: 'value' }, validation: { fraction: 0.2 } }), place)
  expect(loaded.description).toMatchObject({ task: 'regression', classes: 1, values: { least: expect.any(Number) } })
  const validation = [...(loaded.validation as TextSet).values!]
  // Eight groups of ten training values each, two of which are held back.
  expect(validation).toHaveLength(16)
  const training = [...(loaded.train as TextSet).values!, ...validation].sort((a, b) => a - b)
  for (const group of range(8)) {
    const values = training.slice(10 * group, 10 * group + 10)
    expect(values.filter((value) => validation.includes(value))).toHaveLength(2)
  }
})

test('texts without a tokenizer, and a length that special tokens fill up, are refused', async () => {
  const { place } = await table(40)
  await expect(loadDataset(spec(), { dataPath: place.dataPath })).rejects.toThrow(/Texts need data\.tokenizer/)
  const pairs = spec({ maxLength: 8, columns: { text2: 'value' } })
  expect((await describeDataset(pairs, place)).kind).toBe('text')
})

test('many short texts are read and tokenised', async () => {
  const { place } = await table(20_000, () => 1)
  const description = (await describeDataset(spec(), place)) as TextDescription
  expect(description.available).toEqual({ train: 16_000, test: 4_000 })
  expect(description.tokens.median).toBeLessThan(9)
  expect(description.tokens.padded).toBe(16)
})

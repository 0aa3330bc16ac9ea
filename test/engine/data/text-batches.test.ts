import { describe, expect, test } from 'vitest'
import {
  createTextEvaluationBatches,
  createTextTrainingBatches,
  createUniformTextBatches,
  paddedLength,
} from '../../../src/engine/data/text-batches.ts'
import type { TextSet } from '../../../src/engine/data/text-set.ts'
import type { Batch } from '../../../src/engine/training/batch.ts'
import { permutation, stream } from '../../../src/engine/random.ts'
import { range } from './images.ts'

/** Text i is `length(i)` times the token i + 1; the last third of its tokens is of the second segment. */
function texts(count: number, length: (text: number) => number): TextSet {
  const lengths = range(count).map(length)
  const starts = Int32Array.from([0, ...lengths]).map((_, place) => lengths.slice(0, place).reduce((a, b) => a + b, 0))
  return {
    kind: 'text',
    ids: Int32Array.from(lengths.flatMap((each, text) => Array<number>(each).fill(text + 1))),
    starts,
    firstLengths: Int32Array.from(lengths, (each) => Math.ceil((2 * each) / 3)),
    labels: Int32Array.from(range(count), (text) => text % 3),
    values: null,
    count,
    classes: 3,
    maxLength: 100,
  }
}

const set = texts(53, (text) => 3 + ((text * 7) % 60))
const options = { batchSize: 8, grouping: 'random', seed: 1, phaseId: 'phase' } as const

/** Texts of a batch, in its order. */
function rowsOf({ inputs: { ids, mask, segments } }: Batch) {
  const [rows, length] = ids!.shape as [number, number]
  return range(rows).map((row) => {
    const part = (of: typeof ids) => Array.from(of!.values.slice(row * length, (row + 1) * length))
    const count = part(mask).filter((each) => each === 1).length
    return { text: part(ids)[0]! - 1, count, ids: part(ids), mask: part(mask), segments: part(segments) }
  })
}

test('there are few padded lengths, and none exceeds the maximum of the network', () => {
  expect([1, 16, 17, 60, 97, 100].map((length) => paddedLength(length, 100))).toEqual([16, 16, 32, 64, 100, 100])
  expect(paddedLength(5000, 5000)).toBe(5000)
})

describe.each(['random', 'by-length'] as const)('training batches, %s', (grouping) => {
  const batches = createTextTrainingBatches(set, { ...options, grouping })
  const epoch = (number: number) =>
    Promise.all(range(batches.batchesPerEpoch).map((index) => batches.batch(number, index)))

  test('hold each text once, padded to the fewest tokens that fit them', async () => {
    expect(batches.batchesPerEpoch).toBe(6)
    const all = await epoch(0)
    expect(new Set(all.flatMap((batch) => rowsOf(batch).map(({ text }) => text))).size).toBe(48)
    for (const batch of all) {
      const rows = rowsOf(batch)
      const longest = Math.max(...rows.map(({ count }) => count))
      expect(batch.inputs['ids']!.shape).toEqual([8, paddedLength(longest, 100)])
      for (const { text, count, ids, mask, segments } of rows) {
        expect(count).toBe(3 + ((text * 7) % 60))
        const first = Math.ceil((2 * count) / 3)
        expect(ids).toEqual(ids.map((_, at) => (at < count ? text + 1 : 0)))
        expect(mask).toEqual(mask.map((_, at) => (at < count ? 1 : 0)))
        expect(segments).toEqual(segments.map((_, at) => (at >= first && at < count ? 1 : 0)))
      }
      const labels = rows.map(({ text }) => text % 3)
      expect(Array.from(batch.targets.values)).toEqual(
        labels.flatMap((label) => range(3).map((each) => Number(each === label))),
      )
    }
  })

  test('depend only on seed, phase and epoch', async () => {
    const order = async (changes: object, number = 0) => {
      const made = createTextTrainingBatches(set, { ...options, grouping, ...changes })
      const batch = await made.batch(number, 2)
      return rowsOf(batch).map(({ text }) => text)
    }
    const first = await order({})
    expect(await order({})).toEqual(first)
    for (const changed of [order({ seed: 2 }), order({ phaseId: 'other' }), order({}, 1)]) {
      expect(await changed).not.toEqual(first)
    }
  })
})

test('batches of texts grouped by length come in an order that is drawn anew for each epoch', async () => {
  const batches = createTextTrainingBatches(
    texts(48, (text) => text + 1),
    { ...options, grouping: 'by-length' },
  )
  for (const epoch of [0, 1]) {
    const all = await Promise.all(range(6).map((index) => batches.batch(epoch, index)))
    // Text i has i + 1 tokens, so sorted batch b has the texts from 8b to 8b + 7.
    const sorted = all.map((batch) => Math.min(...rowsOf(batch).map(({ text }) => text)) / 8)
    expect(sorted).toEqual([...permutation(6, stream(options.seed, options.phaseId, 'batches', epoch))])
    expect(sorted).not.toEqual(range(6))
  }
})

test('grouping by length saves padding', async () => {
  const tokens = async (grouping: 'random' | 'by-length') => {
    const batches = createTextTrainingBatches(set, { ...options, grouping })
    const all = await Promise.all(range(6).map((index) => batches.batch(0, index)))
    return all.reduce((sum, batch) => sum + batch.inputs['ids']!.values.length, 0)
  }
  expect(await tokens('by-length')).toBeLessThan(0.75 * (await tokens('random')))
})

test('evaluation batches hold every text once, say which, and have as many rows for each length', async () => {
  const many = texts(400, (text) => 2 + (text % 97))
  const batches = createTextEvaluationBatches(many)
  const all = await Promise.all(range(batches.batchCount).map((index) => batches.batch(index)))
  expect(all.flatMap(({ samples }) => [...samples!]).sort((a, b) => a - b)).toEqual(range(400))
  const sizes = new Map<number, Set<number>>()
  for (const batch of all) {
    const length = batch.inputs['ids']!.shape[1]!
    sizes.set(length, (sizes.get(length) ?? new Set()).add(batch.fullSize!))
    expect(batch.size).toBeLessThanOrEqual(batch.fullSize!)
    expect(batch.fullSize! * length).toBeLessThanOrEqual(8192)
    expect(rowsOf(batch).map(({ text }) => text)).toEqual([...batch.samples!])
    expect([...batch.targets]).toEqual([...batch.samples!].map((text) => text % 3))
  }
  expect([...sizes.values()].every(({ size }) => size === 1)).toBe(true)
})

test('uniform batches keep the order, and one shape', async () => {
  const batches = createUniformTextBatches(set, 128)
  const batch = await batches.batch(0)
  expect([batches.batchCount, ...batch.inputs['ids']!.shape]).toEqual([1, 53, 128])
  expect(rowsOf(batch).map(({ text }) => text)).toEqual(range(53))
})

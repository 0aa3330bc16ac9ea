import { createHash } from 'node:crypto'
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { permutation, stream } from '../../../src/engine/random.ts'
import { fillDurably } from '../../../src/files/durable-file.ts'
import { leftOutKey, readEvaluation } from '../../../src/files/evaluation-file.ts'
import { beginEvaluation } from '../../../src/main/trainer/evaluation-writer.ts'
import { encodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'

const seed = Number(process.env['TEST_SEED'] ?? 1)
const [exitCount, classCount] = [3, 1000]
const counts = { validation: 50, calibration: 60, test: 700 }
const source = stream(seed, 'evaluation-writer')
const made = (split: keyof typeof counts) => ({
  logits: Float32Array.from({ length: exitCount * counts[split] * classCount }, () => source.uniform()),
  labels: Int32Array.from({ length: counts[split] }, () => source.integer(classCount)),
  indices: Int32Array.from({ length: counts[split] }, () => source.integer(1e6)),
})
const content = { validation: made('validation'), calibration: made('calibration'), test: made('test') }
const leftOut = { train: { count: 1, of: 500 }, test: { count: 2, of: 702 }, files: ['/a.jpg'] }
const metadata = { content: 'evaluation', phase: 'phase', [leftOutKey]: JSON.stringify(leftOut) }

/** The file of an encoder that has all of it in memory. */
function encoded(): Uint8Array {
  const arrays = (['validation', 'calibration', 'test'] as const).flatMap((split) => {
    const { logits, labels, indices } = content[split]
    return [
      [`${split}.logits`, { shape: [exitCount, counts[split], classCount], values: logits }],
      [`${split}.labels`, { shape: [counts[split]], values: labels }],
      [`${split}.indices`, { shape: [counts[split]], values: indices }],
    ] as const
  })
  return encodeSafetensors(Object.fromEntries(arrays), metadata)
}

/** Of millions of numbers, which an assertion would compare for seconds. */
const isSame = (a: Float32Array, b: Float32Array) =>
  a.length === b.length && a.every((value, index) => value === b[index])

/** Some samples as a batch of `size` gives them, filled up behind them. */
function batchOf(split: keyof typeof counts, samples: Int32Array, size: number) {
  const { logits, labels } = content[split]
  const outputs = new Float32Array(exitCount * size * classCount).fill(-1)
  for (let exit = 0; exit < exitCount; exit++) {
    samples.forEach((sample, row) => {
      const from = (exit * counts[split] + sample) * classCount
      outputs.set(logits.subarray(from, from + classCount), (exit * size + row) * classCount)
    })
  }
  return { logits: outputs, targets: samples.map((sample) => labels[sample]!), samples }
}

async function written(orderOf: (count: number) => Int32Array): Promise<{ path: string; sha256: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'exitlab-writer-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'evaluation.safetensors')
  const { sha256 } = (await fillDurably(path, async (file) => {
    const layout = { exitCount, classCount, targets: 'labels', sampleCounts: counts, metadata } as const
    const writer = await beginEvaluation(file, layout)
    for (const split of ['validation', 'calibration', 'test'] as const) {
      const order = orderOf(counts[split])
      for (let first = 0; first < order.length; first += 64) {
        await writer.add(split, batchOf(split, order.slice(first, first + 64), 64))
      }
      await writer.finish(split, content[split].indices)
    }
    return true
  }))!
  return { path, sha256 }
}

const inOrder = (count: number) => Int32Array.from({ length: count }, (_, sample) => sample)

it.each([
  ['in order', inOrder],
  ['in any order, as texts sorted by length come', (count: number) => permutation(count, source)],
])(`batches %s make the same file as one write of all (seed ${seed})`, async (_, orderOf) => {
  const { path, sha256 } = await written(orderOf)
  const bytes = await readFile(path)
  expect(bytes.equals(encoded())).toBe(true)
  expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
})

it('what was written is read in parts', async () => {
  const { path } = await written(inOrder)
  await using file = await open(path)
  const { test, indices, leftOut: without } = await readEvaluation(file, path)
  const { logits, labels } = content.test
  expect(indices).toEqual({
    calibration: content.calibration.indices,
    validation: content.validation.indices,
    test: content.test.indices,
  })
  expect(test.targets).toEqual(labels)
  expect(without).toEqual(leftOut)
  const row = (exit: number, sample: number) =>
    logits.subarray((exit * 700 + sample) * 1000, (exit * 700 + sample + 1) * 1000)
  const some = await test.samples(650, 2)
  const expected = [0, 1, 2].flatMap((exit) => [650, 651].map((sample) => row(exit, sample)))
  expected.forEach((values, at) => expect(some.logits.subarray(at * 1000, (at + 1) * 1000)).toEqual(values))
  expect(some).toMatchObject({ exitCount: 3, sampleCount: 2, firstSample: 650, targets: labels.slice(650, 652) })
  expect(isSame((await test.exit(1)).logits, logits.subarray(700_000, 1_400_000))).toBe(true)
  expect(isSame((await test.samples(0, 700)).logits, logits)).toBe(true)
})

it('an abandoned evaluation leaves no file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'exitlab-writer-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  expect(await fillDurably(join(folder, 'evaluation.safetensors'), async () => null)).toBeNull()
  expect(await readdir(folder)).toEqual([])
})

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ImageDataset } from 'exitlab/extension'
import extension from './dataset.ts'

const stripes = extension.datasets!['three-stripes'] as ImageDataset
const record = (label: number) => Uint8Array.from([label, ...Array<number>(64).fill(label)])
const options = { imageSize: null }

test('reads a label and 64 pixels for each image', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'stripes-'))
  context.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'train.bin'), Buffer.concat([record(2), record(0)]))
  await writeFile(join(folder, 'test.bin'), record(1))
  const opened = await stripes.open(options, folder)
  assert.deepEqual([[...opened.labels.train], [...opened.labels.test]], [[2, 0], [1]])
  assert.deepEqual(new Set(await opened.images('train', Int32Array.of(0))), new Set([2]))
  await writeFile(join(folder, 'test.bin'), record(1).subarray(1))
  await assert.rejects(stripes.open(options, folder), /cut off/)
})

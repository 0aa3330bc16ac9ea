import { execFileSync } from 'node:child_process'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEvaluation } from '../../src/files/evaluation-file.ts'
import { readRange, sha256OfPath, writeAt } from '../../src/files/pieces.ts'
import { copyVerified, faultOf } from '../../src/files/verified-file.ts'
import { startSafetensors } from '../../src/shared/safetensors/safetensors.ts'
import { temporaryFolder } from '../main/host/support.ts'

/** 11 exits × 50,000 images × 1,000 classes: more than the 2 GiB that Node reads at once. The file is of holes: it takes no space. */
const shape = { exits: 11, samples: 50_000, classes: 1000 }
const marks = { content: 'evaluation', phase: 'large' } as const

interface Large {
  path: string
  row: Float32Array
}

/** Its last logits, of the deepest exit on the last image, are `row`. */
async function largeEvaluation(): Promise<Large> {
  const path = join(temporaryFolder(), 'evaluation.safetensors')
  const { header, positions, size } = startSafetensors(
    {
      'validation.logits': { dtype: 'F32', shape: [shape.exits, 1, shape.classes] },
      'validation.labels': { dtype: 'I32', shape: [1] },
      'test.logits': { dtype: 'F32', shape: [shape.exits, shape.samples, shape.classes] },
      'test.labels': { dtype: 'I32', shape: [shape.samples] },
    },
    marks,
  )
  await using file = await open(path, 'w')
  await file.truncate(size)
  await writeAt(file, header, 0)
  const row = Float32Array.from({ length: shape.classes }, (_, index) => index / 7)
  await writeAt(file, new Uint8Array(row.buffer), positions['test.labels']! - row.byteLength)
  return { path, row }
}

test('reads logits beyond 2 GiB at their place in the file', async () => {
  const { path, row } = await largeEvaluation()
  await using file: FileHandle = await open(path)
  expect((await file.stat()).size).toBeGreaterThan(2 ** 31)
  const { test: outputs, indices } = await readEvaluation(file, path)
  const { logits, firstSample } = await outputs.samples(shape.samples - 1, 1)
  expect([firstSample, indices]).toEqual([shape.samples - 1, null])
  expect(logits.subarray(-shape.classes)).toEqual(row)
  expect(logits.subarray(0, -shape.classes).every((logit) => logit === 0)).toBe(true)
})

test('a file of more than 2 GiB is verified by its checksum and its marks', async () => {
  const { path } = await largeEvaluation()
  const sha256 = execFileSync('sha256sum', [path], { encoding: 'utf8' }).slice(0, 64)
  expect(await faultOf({ path, sha256, marks })).toBeNull()
  expect(await faultOf({ path, sha256, marks: { ...marks, phase: 'another' } })).toContain('belongs to another phase')
})

test('bytes in pieces are those of the file: hashed, copied and read from any place', async () => {
  const folder = temporaryFolder()
  const [path, target] = [join(folder, 'from'), join(folder, 'to')]
  const bytes = Buffer.from(Uint8Array.from({ length: 20_000_001 }, (_, index) => (index * 31) >> 3))
  await using file = await open(path, 'w+')
  await writeAt(file, bytes, 0)
  const sha256 = execFileSync('sha256sum', [path], { encoding: 'utf8' }).slice(0, 64)
  expect(sha256OfPath(path)).toBe(sha256)
  expect(await copyVerified({ path, sha256 }, target)).toBeNull()
  expect(sha256OfPath(target)).toBe(sha256)
  const range = await readRange(file, 8_388_600, 16_777_300)
  expect(bytes.subarray(8_388_600, 16_777_300).equals(range)).toBe(true)
  expect((await readRange(file, 20_000_000, 20_000_010)).length).toBe(1)
  expect(await copyVerified({ path, sha256: '0'.repeat(64) }, join(folder, 'none'))).toContain('its SHA-256 differs')
})

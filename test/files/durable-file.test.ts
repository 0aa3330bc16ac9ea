import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeDurably } from '../../src/files/durable-file.ts'
import { temporaryFolder } from '../main/host/support.ts'

test('the disk is named where what was begun cannot be removed either, as on one that has become read-only', async () => {
  const path = join(temporaryFolder(), 'final.safetensors')
  writeFileSync(path, 'old')
  mkdirSync(`${path}.partial`)
  await expect(writeDurably(path, new TextEncoder().encode('new'))).rejects.toMatchObject({ code: 'disk' })
  expect(readFileSync(path, 'utf8')).toBe('old')
})

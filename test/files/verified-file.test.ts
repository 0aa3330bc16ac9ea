import { symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sizeOf } from '../../src/main/host/workspace/disk/disk-use.ts'
import { faultOf } from '../../src/files/verified-file.ts'
import { temporaryFolder } from '../main/host/support.ts'

test('a file that has grown beyond all that was written is damaged, without being read', async () => {
  const path = join(temporaryFolder(), 'final.safetensors')
  writeFileSync(path, 'start')
  // Of holes alone: it takes no space, and days to hash.
  truncateSync(path, 8e12)
  expect(await faultOf({ path, sha256: '0'.repeat(64) })).toMatch(/damaged: it has 8000000000000 bytes, more than/)
})

test('counts no space below a file or a circle of links in the place of a folder', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), 'bytes')
  symlinkSync('circle', join(folder, 'circle'))
  expect(await sizeOf(join(folder, 'file', 'phase'))).toBe(0)
  expect(await sizeOf(join(folder, 'circle', 'phase'))).toBe(0)
})

import { openSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { readRegularFile, readRegularFileSync } from '../../src/files/regular-file.ts'
import { temporaryFolder } from '../main/host/support.ts'

vi.mock(import('node:fs'), async (original) => {
  const module = await original()
  return { ...module, openSync: vi.fn(module.openSync) }
})
vi.mock(import('node:fs/promises'), async (original) => {
  const module = await original()
  return { ...module, open: vi.fn(module.open) }
})

const failing = (code: string) => () => {
  throw Object.assign(new Error(code), { code })
}

it('a file that another machine replaces while it is read is read anew, as it is then', async () => {
  const path = join(temporaryFolder(), 'record.json')
  writeFileSync(path, 'new')
  vi.mocked(open).mockImplementationOnce(failing('ESTALE'))
  expect((await readRegularFile(path)).toString()).toBe('new')
  vi.mocked(openSync).mockImplementationOnce(failing('ESTALE'))
  expect(readRegularFileSync(path).toString()).toBe('new')
})

it('a file that cannot be read for another reason, or again and again, is refused', async () => {
  const path = join(temporaryFolder(), 'record.json')
  writeFileSync(path, '')
  for (const [code, times] of [
    ['EIO', 1],
    ['ESTALE', 2],
  ] as const) {
    for (let time = 0; time < times; time++) {
      vi.mocked(open).mockImplementationOnce(failing(code))
      vi.mocked(openSync).mockImplementationOnce(failing(code))
    }
    await expect(readRegularFile(path)).rejects.toMatchObject({ code })
    expect(() => readRegularFileSync(path)).toThrow(code)
  }
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { findSource } from '../../../../../src/main/host/imports/readers/source-files.ts'
import { temporaryFolder } from './support.ts'

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  return {
    ...real,
    async readdir(path: string, options: { withFileTypes: true }) {
      if (basename(path) === 'locked') throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
      return real.readdir(path, options)
    },
  }
})

test('a folder within that cannot be read is refused by its path', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'locked'))
  writeFileSync(join(folder, 'log.csv'), 'epoch,val_acc\n1,0.5\n')
  await expect(findSource(folder)).rejects.toMatchObject({
    code: 'data',
    message: `${join(folder, 'locked')} cannot be read: EACCES: permission denied.`,
  })
})

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder, writeResult } from '../../src/main/cli/write-file.ts'
import { temporaryFolder } from '../host/support.ts'

describe('a result that is written where the user says', () => {
  it('leaves what was there until all of it is on the disk', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'table.csv')
    writeFileSync(file, 'old')
    const whole = { arrayBuffer: () => Promise.reject(new Error('no space left')) } as unknown as Blob
    await expect(writeResult(file, whole)).rejects.toMatchObject({ code: 'disk' })
    expect(readFileSync(file, 'utf8')).toBe('old')
    // The file that it is written into first cannot be made.
    mkdirSync(join(folder, `.table.csv.${process.pid}.partial`))
    await expect(writeResult(file, 'new')).rejects.toMatchObject({ code: 'disk' })
    expect(readFileSync(file, 'utf8')).toBe('old')
  })

  it('is the only file there, with the mode of the one before', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'table.csv')
    await writeResult(file, 'first, and longer')
    chmodSync(file, 0o640)
    await writeResult(file, new Blob(['second']))
    expect(readFileSync(file, 'utf8')).toBe('second')
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder)).toEqual(['table.csv'])
  })

  it('is written through a link, and into a device as it is', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), 'old')
    symlinkSync('file', join(folder, 'link'))
    await writeResult(join(folder, 'link'), 'new')
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new')
    await writeResult('/dev/null', 'gone')
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('is refused in place of a folder, and where no folder can be made', async () => {
    await expect(writeResult(temporaryFolder(), 'text')).rejects.toMatchObject({ code: 'disk' })
    const folder = join(temporaryFolder(), 'a/b')
    makeFolder(folder)
    makeFolder(folder)
    expect(statSync(folder).isDirectory()).toBe(true)
    writeFileSync(join(folder, 'file'), '')
    for (const path of [join(folder, 'file'), join(folder, 'file/below'), '/proc/nothing/below']) {
      expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'disk' }))
    }
  })
})

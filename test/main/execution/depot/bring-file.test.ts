import { existsSync, lstatSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bringFile } from '../../../../src/main/execution/depot/bring-file.ts'
import { temporaryFolder } from '../../host/support.ts'

describe('bringing a file', () => {
  const [text, other] = ['text', 'other']
  function files() {
    const folder = temporaryFolder()
    const [from, to] = [join(folder, 'from'), join(folder, 'to')]
    writeFileSync(from, text)
    return { folder, from, to }
  }

  it('links it if that is allowed, and else copies it', () => {
    const { from, to, folder } = files()
    expect(bringFile(from, to, { linked: true })).toBe(true)
    expect(statSync(to).ino).toBe(statSync(from).ino)
    const copy = join(folder, 'copy')
    expect(bringFile(from, copy, { linked: false })).toBe(true)
    expect([readFileSync(copy, 'utf8'), statSync(copy).ino === statSync(from).ino]).toEqual([text, false])
  })

  it('copies what a link leads to, and files of another user', () => {
    const { from, to, folder } = files()
    const link = join(folder, 'link')
    symlinkSync(from, link)
    expect(bringFile(link, to, { linked: true })).toBe(true)
    expect([lstatSync(to).isFile(), statSync(to).ino === statSync(from).ino]).toEqual([true, false])
    const { getuid } = process
    process.getuid = () => statSync(from).uid + 1
    const copy = join(folder, 'copy')
    try {
      expect(bringFile(from, copy, { linked: true })).toBe(true)
    } finally {
      process.getuid = getuid
    }
    expect(statSync(copy).ino === statSync(from).ino).toBe(false)
  })

  it('says that it is missing where it is removed meanwhile, and fails where the folder of the new name is missing', () => {
    const { folder, from, to } = files()
    for (const linked of [true, false])
      expect(() => bringFile(from, join(folder, 'none', 'to'), { linked })).toThrow(/ENOENT/)
    const { getuid } = process
    process.getuid = () => {
      rmSync(from)
      return getuid!()
    }
    try {
      expect(bringFile(from, to, { linked: true })).toBe(false)
    } finally {
      process.getuid = getuid
    }
  })

  it('says that it is missing, and fails where the new name is taken', () => {
    const { folder, from, to } = files()
    for (const linked of [true, false]) expect(bringFile(join(folder, 'missing'), to, { linked })).toBe(false)
    expect(existsSync(to)).toBe(false)
    writeFileSync(to, other)
    expect(() => bringFile(from, to, { linked: true })).toThrow(/EEXIST/)
    expect(readFileSync(to, 'utf8')).toBe(other)
  })
})

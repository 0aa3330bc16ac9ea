import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync, type Zippable } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { unzip } from '../../scripts/setup/zip.mjs'

const folder = mkdtempSync(join(tmpdir(), 'exitlab-zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

const text = new TextEncoder().encode('the same words again and again, '.repeat(5_000))
const unix = 3

/** Python's wheels are written like this: deflated files, stored ones, extra fields and Unix modes. */
function archive(name: string): string {
  const path = join(folder, name)
  const files: Zippable = {
    'package/packed.txt': text,
    'package/stored.bin': [Uint8Array.of(1, 2, 3), { level: 0, extra: { 0x7075: Uint8Array.of(9, 9) } }],
    'package/empty': new Uint8Array(),
    'package/tool': [Uint8Array.of(7), { os: unix, attrs: 0o100744 << 16 }],
  }
  writeFileSync(path, zipSync(files, { comment: 'with a comment' }))
  return path
}

/** Unpacks these files of an archive. */
async function unpacked(path: string, ...names: string[]) {
  const out = mkdtempSync(join(folder, 'out-'))
  const asked: string[] = []
  const keep = (name: string) => {
    asked.push(name)
    return names.includes(name) ? name : null
  }
  const hashes = await unzip(path, { title: 'it', keep, folder: out })
  return {
    asked,
    hashes,
    file: (name: string) => join(out, name),
    bytes: (name: string) => readFileSync(join(out, name)),
  }
}

describe('unpacking a zip archive', () => {
  it('asks for every file where it goes, and unpacks none that is not wanted', async () => {
    const { asked, hashes } = await unpacked(archive('list.zip'))
    expect(asked).toEqual(['package/packed.txt', 'package/stored.bin', 'package/empty', 'package/tool'])
    expect(hashes.size).toBe(0)
  })

  it('unpacks deflated, stored and empty files, and tells their sha256', async () => {
    const names = ['package/packed.txt', 'package/stored.bin', 'package/empty']
    const { bytes, hashes } = await unpacked(archive('unpack.zip'), ...names)
    expect(bytes(names[0]!).equals(text)).toBe(true)
    expect(hashes.get(names[0]!)).toBe(createHash('sha256').update(text).digest('hex'))
    expect([...bytes(names[1]!)]).toEqual([1, 2, 3])
    expect(bytes(names[2]!).length).toBe(0)
  })

  it('restores the executable mode of programs', async () => {
    const { file } = await unpacked(archive('modes.zip'), 'package/tool', 'package/packed.txt')
    const mode = (name: string) => statSync(file(name)).mode & 0o111
    expect(mode('package/tool')).not.toBe(0)
    expect(mode('package/packed.txt')).toBe(0)
  })

  it('refuses an archive that was cut short', async () => {
    const path = archive('short.zip')
    truncateSync(path, statSync(path).size - 40)
    await expect(unpacked(path)).rejects.toThrow(/end of central directory/i)
  })

  it('refuses a file whose bytes were damaged', async () => {
    const path = archive('damaged.zip')
    const bytes = readFileSync(path)
    bytes.fill(0xff, 60, 90)
    writeFileSync(path, bytes)
    await expect(unpacked(path, 'package/packed.txt')).rejects.toThrow()
  })
})

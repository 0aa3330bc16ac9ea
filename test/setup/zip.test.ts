import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync, type Zippable } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { extractZipEntry, readZipEntries } from '../../scripts/setup/zip.mjs'

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

async function extract(path: string, name: string) {
  const entry = (await readZipEntries(path)).find((entry) => entry.name === name)!
  const target = join(folder, 'out', name)
  let seen = 0
  const sha256 = await extractZipEntry(path, entry, { target, onBytes: (bytes) => (seen += bytes) })
  return { target, sha256, seen, bytes: readFileSync(target) }
}

describe('the zip reader', () => {
  it('lists what an archive holds', async () => {
    const entries = await readZipEntries(archive('list.zip'))
    expect(entries.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['package/packed.txt', text.length],
      ['package/stored.bin', 3],
      ['package/empty', 0],
      ['package/tool', 1],
    ])
  })

  it('unpacks deflated, stored and empty files, and tells their sha256 and progress', async () => {
    const path = archive('unpack.zip')
    const packed = await extract(path, 'package/packed.txt')
    expect(packed.bytes.equals(text)).toBe(true)
    expect(packed.sha256).toBe(createHash('sha256').update(text).digest('hex'))
    expect(packed.seen).toBe(text.length)
    expect([...(await extract(path, 'package/stored.bin')).bytes]).toEqual([1, 2, 3])
    expect((await extract(path, 'package/empty')).bytes.length).toBe(0)
  })

  it('restores the executable mode of programs', async () => {
    const path = archive('modes.zip')
    const mode = (file: string) => statSync(file).mode & 0o111
    expect(mode((await extract(path, 'package/tool')).target)).not.toBe(0)
    expect(mode((await extract(path, 'package/packed.txt')).target)).toBe(0)
  })

  it('refuses an archive that was cut short', async () => {
    const path = archive('short.zip')
    truncateSync(path, statSync(path).size - 40)
    await expect(readZipEntries(path)).rejects.toThrow(/short\.zip is no zip archive, or is cut short/)
  })

  it('refuses a file whose bytes were damaged', async () => {
    const path = archive('damaged.zip')
    const bytes = readFileSync(path)
    bytes.fill(0xff, 60, 90)
    writeFileSync(path, bytes)
    await expect(extract(path, 'package/packed.txt')).rejects.toThrow()
  })
})

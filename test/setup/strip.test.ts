import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { stripLibrary } from '../../scripts/setup/strip.mjs'

const folder = mkdtempSync(join(tmpdir(), 'exitlab-strip-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A 64-bit little-endian ELF file: header, two segments that end at byte 200 and 240, then 60 bytes of sections. */
function library(): Buffer {
  const bytes = Buffer.alloc(300, 7)
  bytes.fill(0, 0, 64)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  bytes.writeBigUInt64LE(64n, 0x20)
  bytes.writeBigUInt64LE(240n, 0x28)
  bytes.writeUInt16LE(56, 0x36)
  bytes.writeUInt16LE(2, 0x38)
  bytes.writeUInt16LE(64, 0x3a)
  bytes.writeUInt16LE(5, 0x3c)
  bytes.writeUInt16LE(4, 0x3e)
  for (const [index, offset, size] of [
    [0, 176n, 64n],
    [1, 184n, 16n],
  ] as const) {
    bytes.writeBigUInt64LE(offset, 64 + 56 * index + 0x08)
    bytes.writeBigUInt64LE(size, 64 + 56 * index + 0x20)
  }
  return bytes
}

function strip(name: string, bytes: Buffer): Buffer {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  stripLibrary(path)
  return readFileSync(path)
}

describe('stripping a library', () => {
  it('keeps everything up to the end of the last segment, and no table of sections', () => {
    const stripped = strip('library.so', library())
    const expected = library().subarray(0, 240)
    expected.fill(0, 0x28, 0x30)
    expected.fill(0, 0x3a, 0x40)
    expect(stripped.equals(expected)).toBe(true)
  })

  it('changes nothing when repeated', () => {
    const once = strip('once.so', library())
    expect(strip('twice.so', once).equals(once)).toBe(true)
  })

  it.each([
    ['of another format', Buffer.from('cffaedfe'.repeat(40), 'hex')],
    ['shorter than a header', Buffer.from('library')],
    ['of 32 bits', Buffer.from(library().fill(1, 4, 5))],
  ])('leaves a file %s as it is', (_, bytes) => {
    expect(strip('other.so', bytes).equals(bytes)).toBe(true)
  })
})

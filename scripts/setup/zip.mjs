import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

/**
 * A file inside a zip archive.
 * @typedef {{ name: string, bytes: number, packedBytes: number, method: number, offset: number, mode: number }} ZipEntry
 */

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const longestComment = 0xffff

/** The files of an archive, from its central directory. @param {string} path @returns {Promise<ZipEntry[]>} */
export async function readZipEntries(path) {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tail = await readAt(file, Math.max(0, size - endBytes - longestComment), size)
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || tail.readUInt32LE(end) !== endSignature)
      throw new Error(`${path} is no zip archive, or is cut short`)
    const start = tail.readUInt32LE(end + 16)
    if (start === 0xffffffff) throw new Error(`${path} is a zip64 archive, which set-up does not read`)
    return parseDirectory(await readAt(file, start, start + tail.readUInt32LE(end + 12)), path)
  } finally {
    await file.close()
  }
}

/** @param {Buffer} directory @param {string} path */
function parseDirectory(directory, path) {
  const entries = []
  for (let at = 0; at < directory.length;) {
    if (directory.readUInt32LE(at) !== entrySignature) throw new Error(`${path} has a damaged directory`)
    const nameBytes = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * Writes one file of an archive.
 * @param {string} archive
 * @param {ZipEntry} entry
 * @param {{ target: string, onBytes?: (bytes: number) => void }} options
 * @returns {Promise<string>} sha256 of what was written
 */
export async function extractZipEntry(archive, entry, { target, onBytes = () => {} }) {
  const unpack = { 0: () => new PassThrough(), 8: () => createInflateRaw() }[entry.method]
  if (!unpack) throw new Error(`${archive} packs ${entry.name} by method ${entry.method}, which set-up does not read`)
  await mkdir(dirname(target), { recursive: true })
  const start = await dataOffset(archive, entry)
  const hash = createHash('sha256')
  let written = 0
  const meter = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk)
      written += chunk.length
      onBytes(chunk.length)
      done(null, chunk)
    },
  })
  const mode = entry.mode & 0o100 ? 0o755 : 0o644
  await pipeline(packedBytes(archive, start, entry.packedBytes), unpack(), meter, createWriteStream(target, { mode }))
  if (written !== entry.bytes)
    throw new Error(`${entry.name} in ${archive} has ${written} bytes instead of ${entry.bytes}`)
  return hash.digest('hex')
}

/** @param {string} archive @param {number} start @param {number} count */
function packedBytes(archive, start, count) {
  if (count === 0) return new PassThrough().end()
  return createReadStream(archive, { start, end: start + count - 1, highWaterMark: 1 << 20 })
}

/** The local header repeats the name, and its extra field may have another length. @param {string} archive @param {ZipEntry} entry */
async function dataOffset(archive, entry) {
  const file = await open(archive)
  try {
    const header = await readAt(file, entry.offset, entry.offset + 30)
    if (header.readUInt32LE(0) !== localSignature) throw new Error(`${archive} is damaged at ${entry.name}`)
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await file.close()
  }
}

/** @param {import('node:fs/promises').FileHandle} file @param {number} start @param {number} end */
async function readAt(file, start, end) {
  const buffer = Buffer.alloc(end - start)
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start)
  if (bytesRead !== buffer.length) throw new Error('unexpected end of file')
  return buffer
}

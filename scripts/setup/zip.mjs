import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { progress } from './report.mjs'

/**
 * Puts the wanted files of a zip archive into a folder.
 * @param {string} archive
 * @param {{ title: string, keep: (name: string) => string | null, folder: string }} options
 *   title: what is unpacked · keep: where a file of the archive goes, relative to `folder`; null: it is not wanted
 * @returns {Promise<Map<string, string>>} sha256 of each file, by its place
 */
export async function unzip(archive, { title, keep, folder }) {
  // Set-up begins before there is any package.
  const { openPromise } = await import('yauzl')
  const zip = await openPromise(archive, { autoClose: false, lazyEntries: true })
  try {
    const wanted = []
    for await (const entry of zip.eachEntry()) {
      const place = keep(entry.fileName)
      if (place !== null) wanted.push({ entry, place })
    }
    const total = wanted.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
    const bar = progress(`Unpacking ${title}`, total)
    const hashes = new Map()
    for (const { entry, place } of wanted) {
      const mode = (entry.externalFileAttributes >>> 16) & 0o100 ? 0o755 : 0o644
      const packed = await zip.openReadStreamPromise(entry)
      hashes.set(place, await write(packed, join(folder, place), { mode, onBytes: bar.advance }))
    }
    bar.end()
    return hashes
  } finally {
    zip.close()
  }
}

/**
 * @param {import('node:stream').Readable} source
 * @param {string} target
 * @param {{ mode: number, onBytes: (bytes: number) => void }} options
 * @returns {Promise<string>} sha256 of what was written
 */
async function write(source, target, { mode, onBytes }) {
  mkdirSync(dirname(target), { recursive: true })
  const hash = createHash('sha256')
  const meter = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk)
      onBytes(chunk.length)
      done(null, chunk)
    },
  })
  await pipeline(source, meter, createWriteStream(target, { mode }))
  return hash.digest('hex')
}

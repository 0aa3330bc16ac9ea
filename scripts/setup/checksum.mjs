import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** @param {string} path @returns {Promise<string>} sha256 of a file's bytes */
export async function fileSha256(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

/** Whether a file is there and has this sha256. @param {string} path @param {string} sha256 */
export async function hasSha256(path, sha256) {
  return existsSync(path) && (await fileSha256(path)) === sha256
}

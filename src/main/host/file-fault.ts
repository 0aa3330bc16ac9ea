import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** What is wrong with a file whose SHA-256 is known, as the end of a sentence; null where it is what was written. */
export async function faultOf(path: string, sha256: string): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? 'is missing' : `cannot be read: ${message}`
  }
  return hash.digest('hex') === sha256 ? null : 'is damaged: its hash is not the one that was written down'
}

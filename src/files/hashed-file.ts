import { createHash } from 'node:crypto'
import { ExitlabError } from '../shared/basics/error.ts'
import { openRegularFile, whyUnreadable } from './regular-file.ts'

const chunkBytes = 1 << 24

/** A file, read whole, and its SHA-256. Throws `refusal` of what is wrong where it cannot be read, or is larger than memory. */
export async function readHashedFile(
  path: string,
  refusal: (what: string) => ExitlabError,
): Promise<{ bytes: Buffer; sha256: string }> {
  try {
    await using file = await openRegularFile(path, 'memory')
    const { size } = await file.stat()
    const bytes = Buffer.allocUnsafe(size)
    const hash = createHash('sha256')
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, Math.min(chunkBytes, size - at), at)
      if (bytesRead === 0) throw refusal('became shorter while it was read')
      hash.update(bytes.subarray(at, at + bytesRead))
      at += bytesRead
    }
    return { bytes, sha256: hash.digest('hex') }
  } catch (error) {
    if (error instanceof ExitlabError) throw error
    throw refusal(whyUnreadable(error))
  }
}

import { createReadStream } from 'node:fs'
import { Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { ExitlabError } from '../../shared/basics/error.ts'

/** The archives of CIFAR unpack to 180 MB, that of 20 Newsgroups to 37 MB. What unpacks to more than this is none of them. */
const largestContent = 2 ** 30

/**
 * The selected files of a .tar.gz archive by their paths in it. Nothing is written to the disk.
 * @throws ExitlabError `data` if the archive cannot be read to its end.
 */
export async function readArchive(path: string, isWanted: (name: string) => boolean): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const entries = extract()
  entries.on('entry', ({ name, type }, stream, next) => {
    if (type !== 'file' || !isWanted(name)) {
      stream.resume().on('end', next).on('error', next)
      return
    }
    buffer(stream).then((bytes) => {
      files.set(name, bytes)
      next()
    }, next)
  })
  try {
    await pipeline(createReadStream(path), createGunzip(), upTo(largestContent), entries)
  } catch (error) {
    throw new ExitlabError(
      'data',
      `data.path: ${path} is damaged, truncated or not a .tar.gz archive (${(error as Error).message}); download it again`,
      { cause: error },
    )
  }
  return files
}

/** Lets so many bytes through, and fails at more. */
function upTo(limit: number): Transform {
  let passed = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length
      if (passed <= limit) done(null, chunk)
      else done(new Error(`it unpacks to more than ${limit / 2 ** 20} MiB`))
    },
  })
}

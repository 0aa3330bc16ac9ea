import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { ExitlabError } from '../../../shared/error.ts'

/**
 * The files of a .tar.gz archive whose names, without folders, are wanted. Nothing is written to the disk.
 * @throws ExitlabError `data` where the archive cannot be read to its end.
 */
export async function readArchive(path: string, wanted: ReadonlySet<string>): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const entries = extract()
  entries.on('entry', ({ name, type }, stream, next) => {
    const file = basename(name)
    if (type !== 'file' || !wanted.has(file)) {
      stream.resume().on('end', next)
      return
    }
    buffer(stream).then((bytes) => {
      files.set(file, bytes)
      next()
    }, next)
  })
  try {
    await pipeline(createReadStream(path), createGunzip(), entries)
  } catch (error) {
    throw new ExitlabError(
      'data',
      `data.path: ${path} is damaged, cut short or no .tar.gz archive (${(error as Error).message}); fetch it again`,
      { cause: error },
    )
  }
  return files
}

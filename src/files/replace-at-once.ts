import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { partialSuffix } from './durable-file.ts'

/**
 * Writes a small file without letting others have a turn: whoever reads it, also after a power cut, finds all of it or the one before.
 * @throws the error of the disk, with nothing left behind.
 */
export function replaceAtOnce(path: string, text: string, { mode = 0o666 } = {}): void {
  const partial = path + partialSuffix
  try {
    writeFileSync(partial, text, { mode, flush: true })
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

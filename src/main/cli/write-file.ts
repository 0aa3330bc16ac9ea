import { mkdir, writeFile } from 'node:fs/promises'
import { ExitlabError } from '../../shared/error.ts'

/** Writes a result where the user asked for it. */
export async function writeResult(path: string, result: string | Blob): Promise<void> {
  try {
    await writeFile(path, typeof result === 'string' ? result : new Uint8Array(await result.arrayBuffer()))
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

/** Makes a folder for results, and those above it; one that is there is fine. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

function cannotWrite(path: string, error: unknown): ExitlabError {
  return new ExitlabError('disk', `cannot write ${path}: ${(error as Error).message}`, { cause: error })
}

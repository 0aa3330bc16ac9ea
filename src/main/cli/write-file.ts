import { writeFile } from 'node:fs/promises'
import { ExitlabError } from '../../shared/error.ts'

/** Writes a result where the user asked for it. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (error) {
    throw new ExitlabError('disk', `cannot write ${path}: ${(error as Error).message}`, { cause: error })
  }
}

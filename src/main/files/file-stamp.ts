import { stat } from 'node:fs/promises'

/** Size and time of a file, by which a file that is written again is told from the one that was read; null where there is none. */
export async function fileStamp(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null)
  return found && `${found.size} ${found.mtimeMs}`
}

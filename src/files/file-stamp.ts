import { statSync } from 'node:fs'

/**
 * Its bytes, and its size and time as text, by which a file that is written again is told from the one that was read; null where there
 * is no such file. At once: of thousands of files, to wait for each would take longer than to ask.
 */
export function fileStamp(path: string) {
  try {
    const { size, mtimeMs } = statSync(path)
    return { bytes: size, text: `${size} ${mtimeMs}` }
  } catch {
    return null
  }
}

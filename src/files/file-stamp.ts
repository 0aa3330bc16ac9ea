import { statSync } from 'node:fs'

export interface FileStamp {
  bytes: number
  /** Size and time, by which a file that is written again is told from the one that was read. */
  text: string
}

/** Null where there is no such file. At once: of thousands of files, to wait for each would take longer than to ask. */
export function fileStamp(path: string): FileStamp | null {
  try {
    const { size, mtimeMs } = statSync(path)
    return { bytes: size, text: `${size} ${mtimeMs}` }
  } catch {
    return null
  }
}

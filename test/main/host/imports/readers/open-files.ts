import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

const folder = '/proc/self/fd'

/** Paths of the files that this process has open, on Linux. */
export const openFiles = (): string[] =>
  readdirSync(folder).flatMap((each) => {
    try {
      return readlinkSync(join(folder, each))
    } catch {
      // Closed since it was listed.
      return []
    }
  })

import { existsSync, mkdirSync, statSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it; one that is there is fine. Node's own `recursive` never ends where a file system takes no
 * folders but says that something is missing, as /proc does.
 */
export function makeFolders(path: string): void {
  if (!existsSync(dirname(path))) makeFolders(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

/** What `makeFolders` would make, innermost first. */
export const missingFolders = (path: string): string[] =>
  existsSync(path) ? [] : [path, ...missingFolders(dirname(path))]

/** Makes a folder within one that is there, and none above it: where a workspace or a depot has been moved away, no new one takes its name. */
export async function makeInnerFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error
  }
}

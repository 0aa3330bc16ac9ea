import { constants, copyFileSync, linkSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * An Electron that runs an application, in a folder of its own: its files are those of another Electron, as links where
 * the file system lets them be.
 * @returns its program
 */
export function linkElectron(
  electron: string,
  { folder, application }: { folder: string; application: string },
): string {
  linkTree(electron, folder)
  symlinkSync(application, join(folder, 'resources', 'app'), 'dir')
  return join(folder, 'electron')
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else linkFile(source, target)
  }
}

function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    copyFileSync(source, target, constants.COPYFILE_FICLONE)
  }
}

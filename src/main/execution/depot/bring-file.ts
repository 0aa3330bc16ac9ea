import { copyFileSync, existsSync, linkSync, lstatSync } from 'node:fs'
import { isRegularFile } from '../../../files/regular-file.ts'

/** Errors of file systems that cannot link these two, or any files. */
const unlinkable = new Set(['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'])

/**
 * Gives a file a second name, or copies it where it cannot have one. A file is only linked if it is replaced as a whole and never
 * changed in place, and if it belongs to this user. @returns false if it is missing, or no file.
 */
export function bringFile(from: string, to: string, { linked }: { linked: boolean }): boolean {
  try {
    // To read a pipe or a device would not end.
    if (!isRegularFile(from)) return false
    if (!linked || !link(from, to)) copyFileSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(from)) return false
    throw error
  }
}

function link(from: string, to: string): boolean {
  const found = lstatSync(from)
  // Files of others can be changed by them, and a symbolic link would be linked itself.
  if (!found.isFile() || found.uid !== process.getuid?.()) return false
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (unlinkable.has((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

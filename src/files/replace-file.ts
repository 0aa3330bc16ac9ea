import { access, chmod, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { nullIfMissing } from './missing.ts'

/**
 * Writes a file where its user wants it. One that is there keeps its content until the new one is whole on the disk, and its mode;
 * through a link, the file it leads to is written. Devices and pipes are written as they are.
 */
export async function replaceFile(path: string, bytes: string | Uint8Array): Promise<void> {
  const present = await stat(path).catch(nullIfMissing)
  if (present !== null && (!present.isFile() || isStream(path))) return writeFile(path, bytes)
  if (present !== null) await access(path, constants.W_OK)
  await replace(present === null ? path : await realpath(path), { bytes, mode: present?.mode })
}

/** /dev/stdout and the like are files that the shell opened, and that others write as well; /dev/shm is a folder in memory. */
function isStream(path: string): boolean {
  return /^\/(?:dev\/(?!shm\/)|proc\/)/.test(path)
}

async function replace(
  path: string,
  { bytes, mode }: { bytes: string | Uint8Array; mode: number | undefined },
): Promise<void> {
  const neighbour = join(dirname(path), `.${basename(path)}.${process.pid}.partial`)
  try {
    await writeFile(neighbour, bytes, { flag: 'wx', flush: true })
    if (mode !== undefined) await chmod(neighbour, mode & 0o7777)
    await rename(neighbour, path)
  } catch (error) {
    await rm(neighbour, { force: true }).catch(() => null)
    throw error
  }
}

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** All files in a folder and its subfolders. @param {string} folder @returns {string[]} their paths */
export function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [] : [join(entry.parentPath, entry.name)]))
}

/** Bytes of all files below a folder, which may come and go meanwhile. @param {string} path @returns {number} 0 where there is none */
export function bytesBelow(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.size ?? 0
  return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0)
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** All files in a folder and its subfolders. @param {string} folder @returns {string[]} their paths */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

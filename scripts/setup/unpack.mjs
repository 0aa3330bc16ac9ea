import { chmodSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileSha256 } from './checksum.mjs'
import { filesBelow } from './files-below.mjs'
import { unzip } from './zip.mjs'

/**
 * Puts the wanted files of a wheel into a folder.
 * @param {import('./wheel.mjs').WheelSource} source
 * @param {{ title: string, keep: (name: string) => string | null, folder: string }} options
 *   keep: where a file of the wheel goes, relative to `folder`; null: it is not wanted
 * @returns {Promise<Map<string, string>>} sha256 of each file, by its place
 */
export async function unpackWheel(source, options) {
  if ('tree' in source) return moveTree(source.tree, options)
  return unzip(source.archive, options)
}

/** @param {string} tree @param {{ keep: (name: string) => string | null, folder: string }} options */
async function moveTree(tree, { keep, folder }) {
  const hashes = new Map()
  for (const path of filesBelow(tree)) {
    const place = keep(relative(tree, path).split(sep).join('/'))
    if (place === null) continue
    const target = join(folder, place)
    mkdirSync(dirname(target), { recursive: true })
    hashes.set(place, await fileSha256(path))
    renameSync(path, target)
    chmodSync(target, statSync(target).mode & 0o100 ? 0o755 : 0o644)
  }
  return hashes
}

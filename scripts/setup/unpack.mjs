import { chmodSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileSha256 } from './checksum.mjs'
import { filesBelow } from './files-below.mjs'
import { progress } from './report.mjs'
import { extractZipEntry, readZipEntries } from './zip.mjs'

/**
 * Puts the wanted files of a wheel into a folder.
 * @param {import('./wheel.mjs').WheelSource} source
 * @param {{ title: string, keep: (name: string) => string | null, folder: string }} options
 *   keep: where a file of the wheel goes, relative to `folder`; null: it is not wanted
 * @returns {Promise<Map<string, string>>} sha256 of each file, by its place
 */
export async function unpackWheel(source, { title, keep, folder }) {
  if ('tree' in source) return moveTree(source.tree, { keep, folder })
  const wanted = (await readZipEntries(source.archive)).flatMap((entry) => {
    const place = keep(entry.name)
    return place === null ? [] : [{ entry, place }]
  })
  const total = wanted.reduce((sum, { entry }) => sum + entry.bytes, 0)
  const bar = progress(`Unpacking ${title}`, total)
  const hashes = new Map()
  for (const { entry, place } of wanted) {
    const options = { target: join(folder, place), onBytes: bar.advance }
    hashes.set(place, await extractZipEntry(source.archive, entry, options))
  }
  bar.end()
  return hashes
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

import { chmodSync, mkdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileSha256 } from './checksum.mjs'
import { SetupFailure } from './failure.mjs'
import { filesBelow } from './files-below.mjs'
import { megabytes } from './report.mjs'
import { unzip } from './zip.mjs'

/**
 * Does work in a folder beside the one that it is for, made anew; it is removed where the work fails.
 * @param {string} folder
 * @param {(staging: string) => Promise<void>} work
 */
export async function withStaging(folder, work) {
  const staging = `${folder}.partial`
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true })
  try {
    await work(staging)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    throw error
  }
}

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

/**
 * @param {string} what is unpacked
 * @param {string} folder
 * @param {{ wheels: readonly import('./versions.mjs').Wheel[], unpackedBytes: number }} content
 * @throws SetupFailure where the disk is too small
 */
export function requireSpace(what, folder, { wheels, unpackedBytes }) {
  const { bavail, bsize } = statfsSync(folder)
  const needed = wheels.reduce((sum, { bytes }) => sum + bytes, unpackedBytes)
  if (bavail * bsize >= needed) return
  throw new SetupFailure(
    `${what} needs ${megabytes(needed)} while it is unpacked; ${megabytes(bavail * bsize)} are free.`,
    `Free some space under ${dirname(folder)}, or set XDG_CACHE_HOME to a folder on a larger disk, and run this again.`,
  )
}

/**
 * @param {ReadonlyMap<string, string>} hashes sha256 of the files that were unpacked
 * @param {Record<string, string>} pinned
 * @param {string} project whose wheel they are of
 * @throws SetupFailure where one is not what was pinned
 */
export function requirePinned(hashes, pinned, project) {
  const odd = Object.keys(pinned).find((file) => hashes.get(file) !== pinned[file])
  if (odd === undefined) return
  throw new SetupFailure(
    `${odd} out of ${project} is not the file that was pinned (sha256 ${pinned[odd]}).`,
    'Check which index pip or uv uses, and run this again.',
  )
}

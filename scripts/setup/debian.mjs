import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, run } from './command.mjs'

/**
 * Fetches packages of the distribution and unpacks them, which needs no root.
 * @param {readonly string[]} packages
 * @param {string} work a folder for it, emptied first
 * @returns {Promise<string | null>} the folder of their files; null where this is no Debian, or a package cannot be had
 */
export async function unpackDebianPackages(packages, work) {
  const aptGet = findProgram('apt-get')
  const dpkgDeb = findProgram('dpkg-deb')
  if (aptGet === null || dpkgDeb === null) return null
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  if (!(await downloadPackages(aptGet, packages, work))) return null
  const content = join(work, 'files')
  for (const archive of readdirSync(work).filter((file) => file.endsWith('.deb'))) {
    if (!(await run(dpkgDeb, ['-x', join(work, archive), content]))) return null
  }
  return content
}

/**
 * With apt's own lists, else, where they are missing or old, with lists of our own, which need no root.
 * @param {string} aptGet
 * @param {readonly string[]} packages
 * @param {string} work
 */
async function downloadPackages(aptGet, packages, work) {
  const fetchWith = (/** @type {readonly string[]} */ options) =>
    run(aptGet, ['-qq', ...options, 'download', ...packages], { cwd: work, quiet: true })
  if (await fetchWith([])) return true
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(work, part), { recursive: true })
  const ownLists = [
    ...['-o', `Dir::State::lists=${join(work, 'lists')}`, '-o', `Dir::Cache=${join(work, 'cache')}`],
    ...['-o', 'Acquire::Languages=none', '-o', 'APT::Sandbox::User=', '-o', 'Debug::NoLocking=1'],
  ]
  await run(aptGet, ['-qq', ...ownLists, 'update'], { quiet: true })
  return fetchWith(ownLists)
}

import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNpm, run } from './command.mjs'
import { SetupFailure } from './failure.mjs'
import { unlessDone } from './lock.mjs'
import { prunePackages } from './prune.mjs'
import { say } from './report.mjs'
import { platform } from './versions.mjs'

/**
 * Brings node_modules to what package-lock.json says. npm removes the folder first, and the stamp with it: whatever
 * interrupts it, the next set-up starts over.
 * @param {string} root the checkout
 */
export async function bringPackages(root) {
  await unlessDone(
    () => !areStale(root),
    join(root, '.tools'),
    () => install(root),
  )
}

/** @param {string} root */
export const stampPath = (root) => join(root, 'node_modules', '.exitlab-lockfile')

/** What the stamp must say: the lockfile, and the machine, as some packages differ with it. @param {string} root */
export function expectedStamp(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'))
  return `${platform} ${createHash('sha256').update(lockfile).digest('hex')}\n`
}

/** @param {string} root */
function areStale(root) {
  try {
    return readFileSync(stampPath(root), 'utf8') !== expectedStamp(root)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return true
    throw error
  }
}

/** @param {string} root */
async function install(root) {
  const npm = findNpm()
  if (npm === null) {
    throw new SetupFailure('The packages of package-lock.json are missing, and so is npm.', [
      'Install npm (it comes with Node), so that "npm --version" says so, and run this again.',
    ])
  }
  say('Installing the packages of package-lock.json')
  const expected = expectedStamp(root)
  const arguments_ = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  if (!(await run(process.execPath, [npm, ...arguments_], { cwd: root }))) {
    throw new SetupFailure('npm could not install the packages of package-lock.json; what it said stands above.', [
      'Give npm its registry (a network, or npm config: registry, proxy, cafile) and disk space, and run this again.',
    ])
  }
  prunePackages(root)
  writeFileSync(stampPath(root), expected)
}

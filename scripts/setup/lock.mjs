import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupFailure } from './failure.mjs'
import { root } from './places.mjs'
import { say } from './report.mjs'

/**
 * A lock is a file that names who works: `host pid [pid …]`, the set-up and the programs that it started. It is free
 * when the file is missing, or when all of them are gone, as after a kill.
 */
const pollMilliseconds = 250
/** A killed process may be there for a moment; only a wait that lasts is told. */
const patientTries = 6
const settleMilliseconds = 100

/** Locks that this process holds, by path, with the processes they name. @type {Map<string, number[]>} */
const held = new Map()

/**
 * Runs `work` while no other set-up does anything under the same lock; waits for one that does.
 * @template T
 * @param {string} path the lock file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  try {
    mkdirSync(dirname(path), { recursive: true })
    await acquire(path)
  } catch (error) {
    throw unwritable(dirname(path), /** @type {NodeJS.ErrnoException} */ (error))
  }
  try {
    return await work()
  } finally {
    held.delete(path)
    rmSync(path, { force: true })
  }
}

/** @param {string} folder @param {NodeJS.ErrnoException} error */
function unwritable(folder, error) {
  if (error.code === undefined) return error
  const isOfCheckout = folder === join(root, '.tools')
  const remedy = isOfCheckout
    ? 'Give this user write permission there, or have the owner of the checkout run "npm run setup".'
    : 'Give this user write permission there, or set XDG_CACHE_HOME to a folder of your own.'
  return new SetupFailure(`${folder} cannot be written (${error.code}).`, remedy, { cause: error })
}

/**
 * Does `work` where that is not done yet, nor by another set-up for which this one has to wait.
 * @param {() => boolean} isDone
 * @param {string} folder where the lock is: that of all which set-up brings there
 * @param {() => Promise<void>} work
 */
export async function unlessDone(isDone, folder, work) {
  if (isDone()) return
  await withLock(join(folder, 'setup.lock'), async () => {
    if (!isDone()) await work()
  })
}

/** Lets the held locks stay while this child lives, should its parent be killed. @param {number} pid */
export function shareLocks(pid) {
  for (const [path, pids] of held) {
    pids.push(pid)
    replace(path, pids)
  }
}

/** @param {string} path */
async function acquire(path) {
  for (let tries = 0; ; tries++) {
    const holder = read(path)
    if (!isAlive(holder) && (holder === '' ? create(path) : await takeOver(path))) break
    if (tries === patientTries) {
      say(`Another set-up is at work (${holder}); waiting for it. If there is none, delete ${path}`)
    }
    await sleep(pollMilliseconds)
  }
  held.set(path, [process.pid])
}

/** A link makes the file with its content in one step, or not at all. @param {string} path @returns {boolean} */
function create(path) {
  const beside = writeBeside(path, [process.pid])
  try {
    linkSync(beside, path)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(beside)
  }
}

/** Two that find the same dead holder both write; the later one's name stays, and the other sees it. @param {string} path */
async function takeOver(path) {
  replace(path, [process.pid])
  await sleep(settleMilliseconds)
  return read(path) === content([process.pid])
}

/** @param {string} path @param {readonly number[]} pids */
const replace = (path, pids) => renameSync(writeBeside(path, pids), path)

/** @param {string} path @param {readonly number[]} pids @returns {string} the file beside */
function writeBeside(path, pids) {
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, content(pids))
  return beside
}

/** @param {readonly number[]} pids */
const content = (pids) => [hostname(), ...pids].join(' ')

/** @param {string} path the lock's holder, '' where there is none */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return ''
    throw error
  }
}

/** Processes of another machine cannot be asked, so they count as alive. @param {string} holder */
function isAlive(holder) {
  const [host, ...pids] = holder.split(' ')
  if (holder === '') return false
  return host !== hostname() || pids.some((pid) => isProcess(Number(pid)))
}

/** @param {number} pid */
function isProcess(pid) {
  try {
    process.kill(pid, 0)
    return !hasEnded(pid)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** In a container the dead may stay listed, as zombies, for as long as nobody reaps them. @param {number} pid */
function hasEnded(pid) {
  const status = `/proc/${pid}/stat`
  return existsSync(status) && /^[ZX]/.test(readFileSync(status, 'utf8').replace(/^.*\) /s, ''))
}

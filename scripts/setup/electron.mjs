import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, succeeds } from './command.mjs'
import { SetupFailure } from './failure.mjs'
import { bytesBelow } from './files-below.mjs'
import { withLock } from './lock.mjs'
import { progress, say } from './report.mjs'

/**
 * Electron, ready to show a window; or why it cannot, as the rest of a sentence.
 * @typedef {{ program: string, switches: string[] } | { reason: string }} Electron
 */

/** A download that brings nothing for so long is given up. */
const stalledMilliseconds = 30_000
const lookMilliseconds = 500
/** About what the archives have, for the progress bar. */
const usualBytes = 125e6
/** So long a download that failed is not tried again. */
const patienceMilliseconds = 24 * 3_600_000

/**
 * Electron as npm's package of it downloads it, on the first call. Where it cannot be had, or could show nothing, the
 * reason: that is no failure, as the workbench opens in a browser as well.
 * @param {string} root the checkout
 * @returns {Promise<Electron>}
 */
export async function bringElectron(root) {
  if (!hasDisplay()) return { reason: 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)' }
  const folder = join(root, 'node_modules', 'electron')
  const missing = programOf(folder) === null ? await fetchElectron(root, folder) : null
  const program = programOf(folder)
  if (program === null) return { reason: missing ?? 'Electron could not be downloaded' }
  const sandbox = sandboxOf(program)
  if (sandbox !== null && 'reason' in sandbox) return sandbox
  const switches = sandbox?.switches ?? []
  if (process.platform === 'linux' && !succeeds(program, [...switches, '--version'])) {
    return { reason: `Electron does not start; run ${program} --version to see which library it misses` }
  }
  return { program, switches }
}

/**
 * Why Electron's files, of which the desktop application is made, cannot be had; null: they are there.
 * @param {string} root the checkout
 * @returns {Promise<string | null>}
 */
export async function whyNoElectronFiles(root) {
  const folder = join(root, 'node_modules', 'electron')
  if (programOf(folder) !== null) return null
  const missing = await fetchElectron(root, folder)
  return programOf(folder) === null ? (missing ?? 'Electron could not be downloaded') : null
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** @param {string} folder of npm's package @returns {string | null} null where its program is not there, or is an older one */
function programOf(folder) {
  const [written, found] = [join(folder, 'path.txt'), join(folder, 'dist', 'version')]
  if (!existsSync(written) || !existsSync(found)) return null
  if (readFileSync(found, 'utf8').replace(/^v/, '').trim() !== versionOf(folder)) return null
  const program = join(folder, 'dist', readFileSync(written, 'utf8'))
  return existsSync(program) ? program : null
}

/** @param {string} folder @returns {string} */
const versionOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version

/**
 * Downloads Electron, where that did not fail lately.
 * @param {string} root
 * @param {string} folder
 * @returns {Promise<string | null>} why it failed
 */
async function fetchElectron(root, folder) {
  if (!existsSync(join(folder, 'install.js'))) return 'Electron is not among the installed packages'
  const failed = join(root, '.tools', 'electron.failed')
  const lasting =
    `Electron could not be downloaded (npx install-electron says why); ` +
    `it is tried again tomorrow, or once ${failed} is deleted`
  if (failedLately(failed, versionOf(folder))) return lasting
  const fetching = withLock(join(root, '.tools', 'setup.lock'), async () => {
    if (programOf(folder) !== null) return null
    const fetched = await download(folder, join(root, '.tools', 'electron.partial'))
    if (fetched) rmSync(failed, { force: true })
    else writeFileSync(failed, versionOf(folder))
    return fetched ? null : lasting
  })
  return fetching.catch(notFetched)
}

/** In a checkout that another user owns, say. @param {unknown} error @returns {string} */
function notFetched(error) {
  if (!(error instanceof SetupFailure)) throw error
  return `Electron could not be downloaded: ${error.what}`
}

/** @param {string} file @param {string} version */
function failedLately(file, version) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== version) return false
  return Date.now() - statSync(file).mtimeMs < patienceMilliseconds
}

/**
 * Runs the package's own download, which checks what it brings, for as long as it brings something.
 * @param {string} folder
 * @param {string} temporary where it keeps what it has so far
 */
async function download(folder, temporary) {
  mkdirSync(temporary, { recursive: true })
  const giveUp = new AbortController()
  const bar = progress(`Downloading Electron ${versionOf(folder)} for the desktop window`, usualBytes)
  let bytes = 0
  let movedAt = Date.now()
  const watch = setInterval(() => {
    const now = bytesBelow(temporary)
    if (now !== bytes) movedAt = Date.now()
    else if (Date.now() - movedAt > stalledMilliseconds) giveUp.abort()
    bar.advance(Math.max(0, now - bytes))
    bytes = now
  }, lookMilliseconds)
  const env = { TMPDIR: temporary, TEMP: temporary, TMP: temporary, NODE_USE_ENV_PROXY: '1' }
  try {
    return await run(process.execPath, [join(folder, 'install.js')], { env, quiet: true, signal: giveUp.signal })
  } finally {
    clearInterval(watch)
    bar.end()
    rmSync(temporary, { recursive: true, force: true })
  }
}

/**
 * Chromium ends at once where it cannot have its sandbox. Root never can; others need user namespaces, or its helper.
 * @param {string} program
 * @returns {{ switches: string[] } | { reason: string } | null} null: it can
 */
function sandboxOf(program) {
  if (process.platform !== 'linux') return null
  if (process.getuid?.() === 0) {
    say('Running as root: the window has no sandbox. Use an ordinary user where you can.')
    return { switches: ['--no-sandbox'] }
  }
  const helper = join(program, '..', 'chrome-sandbox')
  const { uid, mode } = statSync(helper, { throwIfNoEntry: false }) ?? { uid: -1, mode: 0 }
  if (!restrictsNamespaces() || (uid === 0 && mode & 0o4000)) return null
  return {
    reason:
      `this system keeps Electron from its sandbox; to open a window, first run: ` +
      `sudo chown root ${helper} && sudo chmod 4755 ${helper}`,
  }
}

/** As hardened kernels do, and Ubuntu since 23.10. */
function restrictsNamespaces() {
  const setting = (/** @type {string} */ name) => {
    const file = `/proc/sys/${name}`
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
  }
  return (
    setting('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    setting('kernel/unprivileged_userns_clone') === '0' ||
    setting('user/max_user_namespaces') === '0'
  )
}

/**
 * Makes the desktop application for this platform, into out/packages: `npm run package -- [OPTIONS OF ELECTRON-BUILDER]`. Host and
 * trainer are laid out as they are published, with the packages they need at run time, and this Node beside them. On Linux a package
 * for Debian is made of it, unless a target is chosen: electron-builder would download a program for that.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeDeb } from './deb.mjs'
import { nodeNotice } from './notices/beside-packages.ts'
import { documentFile } from './notices/document.ts'
import { installedPackages } from './notices/installed.ts'
import { noticeOf } from './notices/notice.ts'
import { bundledIn, writeNotices } from './notices/write-notices.ts'
import { become } from './setup/command.mjs'
import { root } from './setup/places.mjs'
import { prunePackages } from './setup/prune.mjs'
import { layOutPublished } from './published.mjs'

const workbench = join(root, 'out', 'workbench')
const nodeFolder = join(root, 'out', 'node')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** @param {readonly string[]} args @returns {Promise<number>} the exit code */
export async function packageApplication(args) {
  layOut()
  const installed = await become(npm, ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: workbench,
  })
  if (installed !== 0) return installed
  prunePackages(workbench)
  // Both halves have the page: Electron's, and that of `exitlab serve`.
  const pages = [root, workbench].map((folder) => join(folder, 'out', 'renderer'))
  const shell = ['out/desktop/main', 'out/desktop/preload'].flatMap(bundledIn)
  const more = [...shell, ...installedPackages(workbench).map(noticeOf), nodeNotice()]
  writeNotices(join(root, 'out', documentFile), pages, more)
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const built = await become(process.execPath, [builder, '--publish', 'never', ...args], { cwd: root })
  if (built !== 0 || process.platform !== 'linux' || args.some((arg) => /^--(dir|linux)/.test(arg))) return built
  return makeDeb(join(root, 'out', 'packages'))
}

/** What the package publishes, and Node. */
function layOut() {
  layOutPublished(workbench, ['package.json', 'package-lock.json', '.npmrc', 'out/renderer'])
  rmSync(nodeFolder, { recursive: true, force: true })
  const program = process.platform === 'win32' ? basename(process.execPath) : join('bin', 'node')
  mkdirSync(dirname(join(nodeFolder, program)), { recursive: true })
  cpSync(process.execPath, join(nodeFolder, program))
}

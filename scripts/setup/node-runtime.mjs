import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findNpm, run, succeeds } from './command.mjs'
import { SetupFailure } from './failure.mjs'
import { unlessDone } from './lock.mjs'
import { say } from './report.mjs'
import { isAtLeast, platform, versions } from './versions.mjs'

const { minimum, packages } = versions.node

/**
 * The Node that Exitlab runs under: the one that runs this, if it is new enough, else one of our own in `.tools/node`.
 * @param {string} tools the folder `.tools`
 * @returns {Promise<string>} its program
 */
export async function bringNode(tools) {
  if (isAtLeast(process.versions.node, minimum)) return process.execPath
  const wanted = packages[platform]
  if (!wanted)
    throw new SetupFailure(`Node ${process.versions.node} is too old, and npm has none for ${platform}.`, ownNode)
  const folder = join(tools, 'node')
  const program = join(folder, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node')
  await unlessDone(
    () => isInstalled(folder, wanted),
    tools,
    () => install(wanted, { folder, program }),
  )
  return program
}

const ownNode = `Install Node ${minimum} or newer (nodejs.org), so that "node --version" says so, and run this again.`

/** @param {string} folder @param {import('./versions.mjs').NodePackage} wanted */
function isInstalled(folder, { name, version }) {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return false
  const found = JSON.parse(readFileSync(manifest, 'utf8'))
  return found.name === name && found.version === version
}

/**
 * npm checks the package against the integrity pinned in a lockfile of its own.
 * @param {import('./versions.mjs').NodePackage} wanted
 * @param {{ folder: string, program: string }} place
 */
async function install({ name, version, integrity }, { folder, program }) {
  const npm = findNpm()
  if (npm === null) {
    throw new SetupFailure(
      `Node ${process.versions.node} is too old, and there is no npm to bring a newer one.`,
      ownNode,
    )
  }
  say(`Bringing Node ${version} (npm package ${name}); this machine's is ${process.versions.node}`)
  const staging = `${folder}.partial`
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true })
  const root = { name: 'node-runtime', version: '1.0.0', dependencies: { [name]: version } }
  const lock = { ...root, lockfileVersion: 3, packages: { '': root, [`node_modules/${name}`]: { version, integrity } } }
  writeFileSync(join(staging, 'package.json'), JSON.stringify(root))
  writeFileSync(join(staging, 'package-lock.json'), JSON.stringify(lock))
  const arguments_ = [npm, 'ci', '--prefix', staging, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  if (!(await run(process.execPath, arguments_, { cwd: staging }))) {
    throw new SetupFailure(`npm could not install ${name}@${version}; what it said stands above.`, [
      'Give npm its registry: a network, or npm config (registry, proxy, cafile).',
      ownNode,
    ])
  }
  const installed = join(staging, 'node_modules', name)
  // Headers, for who compiles packages.
  rmSync(join(installed, 'include'), { recursive: true, force: true })
  // Before it has its place: what is there is taken to run.
  if (!succeeds(join(installed, relative(folder, program)), ['--version'])) {
    throw new SetupFailure(
      `Node ${version} from npm does not run on this machine (it wants the GNU C library).`,
      ownNode,
    )
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(installed, folder)
  rmSync(staging, { recursive: true, force: true })
}

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, run, succeeds } from './command.mjs'
import { hasSha256 } from './checksum.mjs'
import { SetupFailure } from './failure.mjs'
import { followGrowth } from './growth.mjs'
import { say, megabytes } from './report.mjs'
import { downloadFromIndex, withoutLogin } from './simple-index.mjs'
import { versions } from './versions.mjs'

/** @typedef {import('./versions.mjs').Wheel} Wheel */

/**
 * Brings one wheel of the Python Package Index, by whichever means this machine has, with their configured index:
 * pip, else uv, else the index that PIP_INDEX_URL names. A wheel that is there already is not fetched again.
 * @param {Wheel} wheel
 * @param {string} folder of downloads
 * @returns {Promise<WheelSource>}
 *
 * @typedef {{ archive: string } | { tree: string }} WheelSource the wheel's file, or the folder it was unpacked to
 */
export async function bringWheel(wheel, folder) {
  mkdirSync(folder, { recursive: true })
  const archive = join(folder, wheel.file)
  if (await hasSha256(archive, wheel.sha256)) return { archive }
  const pip = findPip()
  const uv = pip === null ? findProgram('uv') : null
  const index = process.env.PIP_INDEX_URL
  if (pip === null && uv === null && !index)
    throw new SetupFailure(`${wheel.project} needs pip or uv, and neither is here.`, [...remedies, ...ownFiles(wheel)])
  const how = pip ? 'pip' : uv ? 'uv' : 'PIP_INDEX_URL'
  say(`Bringing ${wheel.project} ${wheel.version} (${megabytes(wheel.bytes)}) by ${how}`)
  if (uv !== null) return { tree: await installByUv(uv, wheel, folder) }
  if (pip !== null) await downloadByPip(pip, wheel, folder)
  else await downloadFromIndex(/** @type {string} */ (index), wheel, archive)
  if (await hasSha256(archive, wheel.sha256)) return { archive }
  throw new SetupFailure(
    `${archive} is not the file that was pinned (sha256 ${wheel.sha256}).`,
    'Delete it and run this again.',
  )
}

const remedies = [
  'Install pip (for instance "apt-get install python3-pip") or uv, so that "python3 -m pip --version" or "uv --version" answers, and run this again.',
  'Or name a package index in PIP_INDEX_URL.',
]
/** @param {Wheel} wheel */
const ownFiles = ({ project }) =>
  project in modelsByProject
    ? [
        `Or put the files of ${modelsByProject[project]} into the folder models/${modelsByProject[project]} of the cache.`,
      ]
    : [
        'Or point EXITLAB_TENSORFLOW at a folder that has the libraries: the folder "tensorflow" of an installed Python package of the same name.',
      ]
/** @type {Record<string, string>} */
const modelsByProject = Object.fromEntries(
  Object.entries(versions.models).map(([name, { wheel }]) => [wheel.project, name]),
)

/** @returns {string | null} a Python that has pip */
function findPip() {
  const pythons = ['python3', 'python'].map(findProgram)
  return pythons.find((python) => python !== null && succeeds(python, ['-m', 'pip', '--version'])) ?? null
}

/** @param {string} python @param {Wheel} wheel @param {string} folder */
async function downloadByPip(python, wheel, folder) {
  const { abi, platforms } = tags(wheel)
  const arguments_ = [
    ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-cache-dir', '--no-deps'],
    ...['--progress-bar', process.stderr.isTTY ? 'on' : 'off', '--only-binary=:all:', '--implementation', 'cp'],
    ...['--python-version', versions.tensorflow.python, '--abi', abi],
    ...platforms.flatMap((platform) => ['--platform', platform]),
    ...['--require-hashes', '--requirement', writeRequirement(wheel, folder), '--dest', folder],
  ]
  // Its temporary copy is as large as the wheel: here it is removed with the downloads, whatever happens to pip.
  const temporary = join(folder, 'pip')
  mkdirSync(temporary, { recursive: true })
  const growth = followGrowth(temporary, wheel)
  let said = ''
  const hear = (/** @type {string} */ text) => void (said += text)
  const isThere = await run(python, arguments_, { env: { TMPDIR: temporary }, hear }).finally(growth.end)
  if (isThere) return
  for (const path of [temporary, requirementPath(wheel, folder)]) rmSync(path, { recursive: true, force: true })
  if (readdirSync(folder).length === 0) rmdirSync(folder)
  throw unreached(wheel, indexOf(python), reasonIn(said))
}

/** Where pip looks, as far as it says so. @param {string} python */
function indexOf(python) {
  const asked = spawnSync(python, ['-m', 'pip', 'config', 'get', 'global.index-url'], { encoding: 'utf8' })
  const address = process.env.PIP_INDEX_URL ?? (asked.status === 0 ? asked.stdout.trim() : '')
  return URL.canParse(address) ? withoutLogin(address) : 'the Python Package Index'
}

/** What went wrong, of all that pip said: it warns of each try, and then finds no version of the package. @param {string} said */
function reasonIn(said) {
  const unconnected =
    /(?:Failed to establish a new connection|Connection to \S+ timed out|Cannot connect to proxy)[^']*/.exec(said)
  if (unconnected !== null) return `${unconnected[0].replace(/\[Errno -?\d+\] /, '')}`
  const errors = said.split('\n').filter((line) => line.startsWith('ERROR: '))
  return errors.map((line) => line.slice('ERROR: '.length).replace(/\.?\s*$/, '')).join('; ') || 'it did not say why'
}

/** @param {Wheel} wheel @param {string} index @param {string} reason */
const unreached = (wheel, index, reason) =>
  new SetupFailure(`pip could not bring ${wheel.project} ${wheel.version} from ${index}: ${reason}.`, [
    'Give this machine a network, or pip its configuration (index, proxy, certificates), and run this again.',
    ...ownFiles(wheel),
  ])

/**
 * uv has no download: it installs into a folder. Its cache lies beside, so that a finished wheel is kept until it is in place;
 * files are copied out of it, as libraries are stripped in their place.
 * @param {string} uv
 * @param {Wheel} wheel
 * @param {string} folder
 */
async function installByUv(uv, wheel, folder) {
  const target = join(folder, `${wheel.file}.tree`)
  // Of a set-up that was killed while it moved files out of it: uv would take the package for installed.
  rmSync(target, { recursive: true, force: true })
  const arguments_ = [
    ...['pip', 'install', '--no-deps', '--only-binary', ':all:', '--target', target, '--link-mode', 'copy'],
    ...['--cache-dir', join(folder, 'uv'), '--python-version', versions.tensorflow.python],
    ...['--python-platform', uvPlatform(), '--require-hashes', '--requirement', writeRequirement(wheel, folder)],
  ]
  const growth = followGrowth(join(folder, 'uv'), wheel)
  if (!(await run(uv, arguments_).finally(growth.end))) throw refusal(wheel)
  return target
}

const uvPlatform = () =>
  process.platform === 'darwin'
    ? 'aarch64-apple-darwin'
    : `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-manylinux_2_17`

/** @param {Wheel} wheel */
const refusal = (wheel) =>
  new SetupFailure(`uv could not bring ${wheel.project} ${wheel.version}; what it said stands above.`, [
    `Give uv its index: a network, or its own configuration (index, proxy, certificates), and run this again.`,
    ...ownFiles(wheel),
  ])

/** @param {Pick<Wheel, 'project'>} wheel @param {string} folder */
const requirementPath = ({ project }, folder) => join(folder, `${project}.txt`)

/** A requirements file with the hash, which both tools then insist on. @param {Wheel} wheel @param {string} folder */
function writeRequirement({ project, version, sha256 }, folder) {
  const path = requirementPath({ project }, folder)
  writeFileSync(path, `${project}==${version} --hash=sha256:${sha256}\n`)
  return path
}

/** The tags at the end of a wheel's name: `…-cp312-cp312-platform.platform.whl`. @param {Wheel} wheel */
function tags({ file }) {
  const [platforms = '', abi = ''] = file
    .replace(/\.whl$/, '')
    .split('-')
    .reverse()
  return { abi, platforms: platforms.split('.') }
}

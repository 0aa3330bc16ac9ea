import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { unpackDebianPackages } from './debian.mjs'
import { download } from './download.mjs'
import { SetupFailure, messageOf } from './failure.mjs'
import { unlessDone } from './lock.mjs'
import { say } from './report.mjs'
import { versions } from './versions.mjs'

const { debianPackage, debianFolder, debianLicence, downloads, unzippedSha256 } = versions.fashionMnist
const files = Object.keys(unzippedSha256)

/**
 * Brings the four files of Fashion-MNIST: out of the distribution's package, which needs no root, else by the official
 * download.
 * @param {string} folder where they go
 * @param {{ first?: () => Promise<void> }} [options] first: done before anything is fetched
 */
export async function bringFashionMnist(folder, { first = async () => {} } = {}) {
  const bring = async () => {
    await first()
    await install(folder)
  }
  await unlessDone(() => isThere(folder), dirname(folder), bring)
}

/** Files that the user unpacked serve as well. @param {string} folder */
const isThere = (folder) =>
  files.every((file) => [file, file.replace(/\.gz$/, '')].some((name) => existsSync(join(folder, name))))

/** @param {string} folder */
async function install(folder) {
  say('Bringing Fashion-MNIST (31 MB)')
  const staging = `${folder}.partial`
  mkdirSync(staging, { recursive: true })
  if (!(await extractDebianPackage(staging))) await downloadFiles(staging, folder)
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(staging)) renameSync(join(staging, file), join(folder, file))
  rmSync(staging, { recursive: true })
  say(`Fashion-MNIST is in ${folder}`)
}

/**
 * @param {string} staging
 * @returns {Promise<boolean>} false where this is no Debian, or its package cannot be had
 */
async function extractDebianPackage(staging) {
  const work = join(staging, 'debian')
  const content = await unpackDebianPackages([debianPackage], work)
  const from = (/** @type {string} */ file) => join(content ?? '', debianFolder, file)
  const isWhole = content !== null && files.every((file) => existsSync(from(file)) && isRight(from(file), file))
  if (isWhole) {
    for (const file of files) renameSync(from(file), join(staging, file))
    copyFileSync(join(content, debianLicence), join(staging, 'LICENCE'))
  }
  rmSync(work, { recursive: true, force: true })
  return isWhole
}

/** @param {string} staging @param {string} folder named in the message */
async function downloadFiles(staging, folder) {
  for (const file of files) {
    const target = join(staging, file)
    if (existsSync(target) && isRight(target, file)) continue
    const reasons = []
    for (const address of downloads) {
      const reason = await downloadFile(`${address}/${file}`, target, file)
      if (reason === null) break
      reasons.push(reason)
    }
    if (reasons.length === downloads.length) throw unavailable(reasons, folder)
  }
}

/** @param {string} url @param {string} target @param {string} file @returns {Promise<string | null>} why not, or null */
async function downloadFile(url, target, file) {
  try {
    await download(url, target)
  } catch (error) {
    return messageOf(error)
  }
  if (isRight(target, file)) return null
  rmSync(target)
  return `${url} is not the published file (sha256)`
}

/** @param {readonly string[]} reasons @param {string} folder */
const unavailable = (reasons, folder) =>
  new SetupFailure(`Fashion-MNIST could not be fetched: ${reasons.join('; ')}.`, [
    `Put ${files.join(', ')} (github.com/zalandoresearch/fashion-mnist) into ${folder}.`,
    'Or let EXITLAB_DATASETS name the folder that holds the folder fashion-mnist.',
    `Or give apt-get a source with ${debianPackage} (Debian main, Ubuntu universe), and run this again.`,
  ])

/** The archives differ from packager to packager; what is in them does not. @param {string} path @param {string} file */
function isRight(path, file) {
  try {
    return (
      createHash('sha256')
        .update(gunzipSync(readFileSync(path)))
        .digest('hex') === unzippedSha256[file]
    )
  } catch {
    return false
  }
}

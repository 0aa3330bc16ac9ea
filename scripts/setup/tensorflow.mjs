import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { hasNvidiaGpu, isGpuNamed } from './gpu.mjs'
import { unlessDone } from './lock.mjs'
import { say } from './report.mjs'
import { stripLibrary } from './strip.mjs'
import { requirePinned, requireSpace, unpackWheel, withStaging } from './unpack.mjs'
import { platform, versions } from './versions.mjs'
import { bringWheel } from './wheel.mjs'

/** @typedef {import('./versions.mjs').TensorFlowVariant} Variant */

/**
 * Brings TensorFlow's libraries out of the wheels of its Python package. Of the wheels only the libraries, without
 * their symbol tables, and the licences are kept; all checkouts of a user share them.
 * @param {string} folder where they go
 * @param {{ gpu: boolean, given: boolean, first?: () => Promise<void> }} options
 *   given: the user chose the folder, and fills it · first: done before anything is fetched
 */
export async function bringTensorFlow(folder, { gpu, given, first = async () => {} }) {
  const name = `${platform}-${gpu ? 'gpu' : 'cpu'}`
  const variant = versions.tensorflow.variants[name]
  if (given && hasLibraries(folder)) return
  if (given)
    throw new SetupFailure(`EXITLAB_TENSORFLOW names ${folder}, which lacks TensorFlow's libraries.`, ownLibraries)
  if (!variant) throw new SetupFailure(`There is no TensorFlow for ${name} that Exitlab can use.`, elsewhere)
  const stamp = `${name} ${versions.tensorflow.version}\n`
  const isThere = () => readStamp(folder) === stamp
  if (!isThere() && gpu && !isGpuNamed() && !hasNvidiaGpu())
    throw new SetupFailure('--device cuda: no NVIDIA GPU is here (nvidia-smi lists none).', driver)
  await unlessDone(isThere, dirname(folder), async () => {
    await first()
    await install(folder, variant, stamp)
  })
}

const ownLibraries = [
  `Unset EXITLAB_TENSORFLOW to have set-up bring them, or let it name the folder "tensorflow" of an installed Python package tensorflow-cpu ${versions.tensorflow.version}.`,
]
const elsewhere = [
  `Use one of ${Object.keys(versions.tensorflow.variants).join(', ')}; on Windows, WSL2 is linux.`,
  ...ownLibraries,
]
const driver = [
  "Install NVIDIA's driver, so that nvidia-smi lists the GPU, or name it in CUDA_VISIBLE_DEVICES where nvidia-smi is missing, or leave --device out to train on the processor.",
]

/** @param {string} folder */
function hasLibraries(folder) {
  return Object.values(versions.tensorflow.variants).some(({ librarySha256 }) =>
    Object.keys(librarySha256).every((library) => existsSync(join(folder, library))),
  )
}

/** @param {string} folder */
const stampPath = (folder) => join(folder, 'installed')

/** @param {string} folder */
function readStamp(folder) {
  return existsSync(stampPath(folder)) ? readFileSync(stampPath(folder), 'utf8') : null
}

/**
 * Everything is made beside and renamed at the end; wheels are deleted last, so that an interrupted set-up need not
 * fetch them again.
 * @param {string} folder
 * @param {Variant} variant
 * @param {string} stamp
 */
async function install(folder, variant, stamp) {
  const downloads = join(dirname(folder), 'downloads')
  const former = `${folder}.former`
  rmSync(former, { recursive: true, force: true })
  await withStaging(folder, async (staging) => {
    requireSpace('TensorFlow', staging, variant)
    for (const wheel of variant.wheels) {
      const source = await bringWheel(wheel, downloads)
      const keep = (/** @type {string} */ name) => placeOf(name, wheel.project, variant)
      const hashes = await unpackWheel(source, { title: wheel.project, keep, folder: staging })
      if (wheel.project.startsWith('tensorflow')) requirePinned(hashes, variant.librarySha256, wheel.project)
    }
    for (const library of Object.keys(variant.librarySha256)) stripLibrary(join(staging, library))
    writeFileSync(stampPath(staging), stamp)
    if (existsSync(folder)) renameSync(folder, former)
    renameSync(staging, folder)
  })
  for (const path of [former, downloads]) rmSync(path, { recursive: true, force: true })
  say(`TensorFlow ${versions.tensorflow.version} is in ${folder}`)
}

/**
 * Where a file of a wheel goes: TensorFlow's libraries to the top, NVIDIA's into their folders, licences into `licences`.
 * @param {string} name
 * @param {string} project
 * @param {Variant} variant
 * @returns {string | null}
 */
function placeOf(name, project, { librarySha256 }) {
  const file = name.slice(name.lastIndexOf('/') + 1)
  if (name === `tensorflow/${file}` && file in librarySha256) return file
  if (name === 'tensorflow/THIRD_PARTY_NOTICES.txt') return `licences/${project}-${file}`
  if (/^[^/]+\.dist-info\/(METADATA|LICEN[CS]E(\.txt)?)$/i.test(name)) return `licences/${project}-${file}`
  if (/^nvidia\/[^/]+\/(lib|bin|nvvm)\//.test(name) && !/\.(py|h)$/.test(file)) return name
  return null
}

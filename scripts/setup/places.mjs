import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { versions } from './versions.mjs'

/** The checkout, or the published package. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A published package has no sources, only what they were built to. */
export const isCheckout = existsSync(join(root, 'src'))

/** `npm run build` makes what a published package runs. */
export const isBuilt = existsSync(join(root, 'out', 'main', 'host'))

/** A module of the product, as this Node can run it. @param {string} name such as `cli/index` */
export const productModule = (name) => pathToFileURL(join(root, isCheckout ? `src/${name}.ts` : `out/${name}.js`)).href

/** Where the product looks for what set-up brings. @param {{ gpu: boolean }} options */
export async function cacheFolders({ gpu }) {
  /** @type {typeof import('../../src/files/user-folders.ts')} */
  const paths = await import(productModule('files/user-folders'))
  const folder = paths.tensorflowFolder()
  const given = process.env.EXITLAB_TENSORFLOW !== undefined
  return {
    tensorflow: gpu && !given ? join(dirname(folder), 'tensorflow-gpu') : folder,
    given,
    fashionMnist: paths.defaultDataFolder('fashion-mnist'),
    fortunes: paths.defaultDataFolder('fortunes'),
    models: Object.fromEntries(Object.keys(versions.models).map((name) => [name, paths.modelFolder(name)])),
  }
}

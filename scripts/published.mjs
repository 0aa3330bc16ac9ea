/** What is published of a built checkout, for npm (scripts/pack.mjs) and for the desktop application (scripts/package.mjs). */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup/places.mjs'

/** Folders of src/ that are built one file for one; those of the window are bundled. */
export const builtFolders = readdirSync(join(root, 'src'), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && !['preload', 'renderer'].includes(entry.name) ? entry.name : [],
)
const built = builtFolders.map((folder) => `out/${folder}`)
const published = ['LICENSE', 'exitlab', 'exitlab.cmd', 'examples', 'docs', 'resources', ...built]
/** Neither the settings of the site nor the report of the paper, 3 MB. @param {string} path */
const isPublished = (path) => !/[\\/]docs[\\/](\.vitepress|paper-desk)$/.test(path)
const setUp = ['scripts/run.mjs', 'scripts/tasks.mjs', 'scripts/setup']

/**
 * Lays it out in a folder that is made anew.
 * @param {string} folder
 * @param {readonly string[]} more other files of the checkout
 */
export function layOutPublished(folder, more) {
  rmSync(folder, { recursive: true, force: true })
  for (const file of [...published, ...setUp, ...more]) {
    cpSync(join(root, file), join(folder, file), { recursive: true, filter: isPublished })
  }
  // Jobs that 0.2.0 queued start it here.
  mkdirSync(join(folder, 'out/cli'))
  writeFileSync(join(folder, 'out/cli/index.js'), "import '../main/cli/index.js'\n")
}

/** package.json without what only a checkout has use for. */
export function publishedManifest() {
  const { name, version, description, license, type, engines, bin, dependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const exports = {
    './extension': { types: './out/main/extensions/extension.d.ts', default: './out/main/extensions/extension.js' },
  }
  return { name, version, description, license, type, exports, engines, bin, dependencies }
}

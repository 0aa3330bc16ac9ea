/** Makes the package for npm, from a checkout that is built: `npm run pack` writes exitlab-VERSION.tgz at its root. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { documentFile } from './notices/document.ts'
import { writeNotices } from './notices/write-notices.ts'
import { become, findNpm } from './setup/command.mjs'
import { SetupFailure } from './setup/failure.mjs'
import { root } from './setup/places.mjs'
import { layOutPublished, publishedManifest } from './published.mjs'

const folder = join(root, 'out', 'package')

/** @param {readonly string[]} args options of `npm pack` @returns {Promise<number>} the exit code */
export async function pack(args) {
  const npm = findNpm()
  if (npm === null)
    throw new SetupFailure('npm is missing.', 'Install it (it comes with Node), so that "npm --version" answers.')
  layOutPublished(folder, ['README.md', 'CHANGELOG.md', 'out/renderer'])
  writeNotices(join(folder, documentFile), [join(folder, 'out', 'renderer')])
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`)
  return become(process.execPath, [npm, 'pack', folder, '--ignore-scripts', ...args], { cwd: root })
}

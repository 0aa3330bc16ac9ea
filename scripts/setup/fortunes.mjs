import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hasSha256 } from './checksum.mjs'
import { unpackDebianPackages } from './debian.mjs'
import { SetupFailure } from './failure.mjs'
import { unlessDone } from './lock.mjs'
import { say } from './report.mjs'
import { withStaging } from './unpack.mjs'
import { versions } from './versions.mjs'

const { debianPackages, debianFolder, debianLicence, sha256 } = versions.fortunes
const files = Object.keys(sha256)

/**
 * Brings the texts of the Debian packages fortunes and fortunes-min, for those who ask for text.
 * @param {string} folder where they go
 */
export async function bringFortunes(folder) {
  const isThere = () => files.every((file) => existsSync(join(folder, file)))
  await unlessDone(isThere, dirname(folder), () => install(folder))
}

/** @param {string} folder */
async function install(folder) {
  say('Bringing fortunes (1 MB)')
  await withStaging(folder, async (staging) => {
    const content = await unpackDebianPackages(debianPackages, staging)
    if (content === null) throw unavailable('apt-get cannot fetch its packages, or is not here', folder)
    for (const file of files) {
      const path = join(content, debianFolder, file)
      if (!(await hasSha256(path, sha256[file] ?? ''))) {
        throw unavailable(`${file} of this distribution is not the file that was pinned (sha256)`, folder)
      }
    }
    mkdirSync(folder, { recursive: true })
    copyFileSync(join(content, debianLicence), join(folder, 'LICENCE.txt'))
    for (const file of files) renameSync(join(content, debianFolder, file), join(folder, file))
    rmSync(staging, { recursive: true })
  })
  say(`Fortunes are in ${folder}, ${readdirSync(folder).length} files`)
}

/** @param {string} reason @param {string} folder */
const unavailable = (reason, folder) =>
  new SetupFailure(`Texts (fortunes) could not be brought: ${reason}.`, [
    'Give apt-get a network and a source with these packages (Debian, Ubuntu), and run this again.',
    `Or put the files of the Debian packages ${debianPackages.join(' and ')} (/usr/share/games/fortunes) into ${folder}.`,
    'Or let data.path of an experiment name their folder.',
  ])

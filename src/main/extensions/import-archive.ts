import { isBuiltin, registerHooks } from 'node:module'
import { posix } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import { extensionScheme as scheme } from '../../shared/basics/extension-place.ts'
import { type Archive, hashOf } from './archive.ts'
import { entryName } from './collect.ts'

const entryUrl = new URL('./extension.ts', import.meta.url).href
const archives = new Map<string, Archive>()
let areHooked = false

/** Runs the code of an archive, from memory, and answers with what its file exports by default. */
export async function importArchive(archive: Archive): Promise<unknown> {
  hook()
  const sha256 = hashOf(archive)
  archives.set(sha256, archive)
  const module = (await import(addressOf(sha256, archive.entry))) as { default?: unknown }
  return module.default
}

const addressOf = (sha256: string, path: string) =>
  `${scheme}///${sha256}/${path.split('/').map(encodeURIComponent).join('/')}`

/** Whose file an address is. */
function placeOf(address: string): { archive: Archive; sha256: string; path: string } {
  const [, sha256, ...path] = decodeURIComponent(new URL(address).pathname).split('/')
  return { archive: archives.get(sha256!)!, sha256: sha256!, path: path.join('/') }
}

/** Has Node take the modules of extensions from archives. All other modules stay as they are. */
function hook(): void {
  if (areHooked) return
  areHooked = true
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith(scheme)) return { url: specifier, shortCircuit: true }
      if (!context.parentURL?.startsWith(scheme)) return next(specifier, context)
      if (specifier === entryName) return { url: entryUrl, shortCircuit: true }
      if (isBuiltin(specifier)) return next(specifier, context)
      return { url: besides(specifier, context.parentURL), shortCircuit: true }
    },
    load(address, context, next) {
      if (!address.startsWith(scheme)) return next(address, context)
      const { archive, path } = placeOf(address)
      const format = /\.m?ts$/.test(path) ? 'module-typescript' : 'module'
      return { format, source: archive.files[path]!, shortCircuit: true }
    },
  })
}

function besides(specifier: string, parent: string): string {
  const { archive, sha256, path } = placeOf(parent)
  const wanted = posix.join(posix.dirname(path), specifier)
  if (/^\.\.?\//.test(specifier) && wanted in archive.files) return addressOf(sha256, wanted)
  throw new ExitlabError(
    'usage',
    `${path} imports ${specifier} only while it runs. Import it at the top of the file, so that it is kept with the extension.`,
  )
}

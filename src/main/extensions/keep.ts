import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { MethodOrigins } from '../../shared/methods/method-origin.ts'
import { writeDurably } from '../../files/durable-file.ts'
import { makeFolders } from '../../files/make-folders.ts'
import { type Archive, archiveFile, archiveText, isArchiveFile, readArchive } from './archive.ts'
import { loadedExtensions } from './launch.ts'

const folderName = 'extensions'

/** The archive of an extension in a workspace or depot, which keeps what its phases were trained with. Nothing is ever loaded from there unasked. */
export const keptArchive = (folder: string, sha256: string): string => join(folder, folderName, archiveFile(sha256))

/** Hashes of the extensions of some methods, each once. */
const hashesIn = (methods: MethodOrigins | undefined): string[] => [
  ...new Set(Object.values(methods ?? {}).map(({ sha256 }) => sha256)),
]

/** Options that have a command load the extensions that a depot keeps for some of its phases. */
export function extensionArguments(depot: string, methods: readonly (MethodOrigins | undefined)[]): string[] {
  const all = new Set(methods.flatMap(hashesIn))
  return [...all].flatMap((sha256) => ['--extension', keptArchive(depot, sha256)])
}

/** Paths of all that a workspace or depot keeps. */
function keptArchives(folder: string): string[] {
  const from = join(folder, folderName)
  const names = existsSync(from) ? readdirSync(from).filter(isArchiveFile) : []
  return names.map((name) => join(from, name))
}

/** Null where its content is not what its name says. */
async function undamaged(path: string): Promise<Archive | null> {
  try {
    return await readArchive(path)
  } catch (error) {
    if (error instanceof ExitlabError) return null
    throw error
  }
}

/** Paths of what is damaged among the extensions that a workspace or depot keeps. */
export async function damagedExtensions(folder: string): Promise<string[]> {
  const damaged: string[] = []
  for (const path of keptArchives(folder)) if ((await undamaged(path)) === null) damaged.push(path)
  return damaged
}

/** Copies the extensions that one workspace or depot keeps into another. @returns what is damaged, which is left where it is. */
export async function mergeExtensions(source: string, target: string): Promise<string[]> {
  const damaged: string[] = []
  for (const from of keptArchives(source)) {
    const path = join(target, folderName, basename(from))
    if (existsSync(path)) continue
    const archive = await undamaged(from)
    if (archive === null) {
      damaged.push(from)
      continue
    }
    makeFolders(join(target, folderName))
    await writeDurably(path, new TextEncoder().encode(archiveText(archive)))
  }
  return damaged
}

/** Brings the extensions of some methods into a workspace or depot, of those that this process has loaded. */
export async function keepExtensions(folder: string, methods: MethodOrigins | undefined): Promise<void> {
  for (const sha256 of hashesIn(methods)) {
    const loaded = loadedExtensions().find((each) => each.sha256 === sha256)
    const path = keptArchive(folder, sha256)
    if (loaded === undefined || existsSync(path)) continue
    makeFolders(join(folder, folderName))
    await writeDurably(path, new TextEncoder().encode(archiveText(await readArchive(loaded.archive))))
  }
}

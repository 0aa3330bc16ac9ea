import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ExitlabError } from '../../shared/error.ts'
import type { MethodOrigins } from '../../shared/method-origin.ts'
import { writeDurably } from '../files/durable-file.ts'
import { makeFolders } from '../files/make-folders.ts'
import { archiveFile, archiveText, isArchiveFile, readArchive } from './archive.ts'
import { loadedExtensions } from './launch.ts'

const folderName = 'extensions'

/** The archive of an extension in a workspace or depot, which keeps what its phases were trained with. Nothing is ever loaded from there unasked. */
const keptArchive = (folder: string, sha256: string): string => join(folder, folderName, archiveFile(sha256))

/** Hashes of the extensions of some methods, each once. */
const hashesIn = (methods: MethodOrigins | undefined): string[] => [
  ...new Set(Object.values(methods ?? {}).map(({ sha256 }) => sha256)),
]

/** Options that have a command load the extensions that a depot keeps for some of its phases. */
export function extensionArguments(depot: string, methods: readonly (MethodOrigins | undefined)[]): string[] {
  const all = new Set(methods.flatMap(hashesIn))
  return [...all].flatMap((sha256) => ['--extension', keptArchive(depot, sha256)])
}

/** Copies the extensions that one workspace or depot keeps into another. @returns what is damaged, which is left where it is. */
export async function mergeExtensions(source: string, target: string): Promise<string[]> {
  const from = join(source, folderName)
  const names = existsSync(from) ? readdirSync(from).filter(isArchiveFile) : []
  const damaged: string[] = []
  for (const name of names) {
    const path = join(target, folderName, name)
    if (existsSync(path)) continue
    try {
      const archive = await readArchive(join(from, name))
      makeFolders(join(target, folderName))
      await writeDurably(path, new TextEncoder().encode(archiveText(archive)))
    } catch (error) {
      if (!(error instanceof ExitlabError) || error.code !== 'workspace-damaged') throw error
      damaged.push(join(from, name))
    }
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

import { existsSync } from 'node:fs'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Environment } from '../../files/user-folders.ts'
import { hashOf, isArchiveFile } from './archive.ts'
import { collect } from './collect.ts'
import { isLoaded } from './launch.ts'
import { load } from './load.ts'
import { noteRun, type Trust, trustRecords } from './trust.ts'

/** Why extensions could not be loaded when this process started, by their hashes. */
export const refusals = new Map<string, string>()

/** What the user has agreed to, the latest content of each file. */
export async function trustedFiles(environment: Environment): Promise<Trust[]> {
  const inOrder = (await trustRecords(environment)).sort((a, b) => a.at - b.at || a.file.localeCompare(b.file))
  return [...new Map(inOrder.map((each) => [each.file, each])).values()]
}

/** The content of a file now; null where it is missing. @throws ExitlabError where it is no extension any more. */
export async function contentOf(file: string) {
  try {
    return await collect(file)
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'not-found' && !existsSync(file)) return null
    throw error
  }
}

/**
 * Loads what the user has agreed to and what has not changed since, for a workbench; copies last, as the file itself goes before one of
 * its former contents. What cannot be loaded is left out, and the list of extensions says why.
 */
export async function loadTrusted(environment: Environment): Promise<void> {
  const trusted = await trustedFiles(environment)
  const ofKind = (isCopy: boolean) => trusted.filter(({ file }) => isArchiveFile(file) === isCopy)
  for (const { file, sha256 } of [...ofKind(false), ...ofKind(true)]) {
    if (isLoaded(sha256)) continue
    try {
      const archive = await contentOf(file)
      if (archive === null || hashOf(archive) !== sha256) continue
      await load(archive, file, environment)
      await noteRun(sha256, environment)
    } catch (error) {
      if (!(error instanceof ExitlabError)) throw error
      refusals.set(sha256, error.message)
    }
  }
}

import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { isAbsolute } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExtensionChange, ExtensionFile } from '../../shared/extensions/extension-change.ts'
import { lineDifference } from './line-difference.ts'
import type { Environment } from '../../files/user-folders.ts'
import { type Archive, hashOf, readArchive } from './archive.ts'
import { collect } from './collect.ts'
import { createImportReader } from './imports-of.ts'
import { keptArchive } from './keep.ts'
import { forgetTrusted, keepTrusted, trustedArchive } from './trust.ts'
import { trustedFiles } from './trusted.ts'

interface Place {
  environment: Environment
  /** Of the workspace. */
  folder: string
}

/** What a file has, beside a former content that the user trusts or the workspace keeps. Nothing of it is run. */
export async function changeOf({ file, former }: ExtensionFile, place: Place): Promise<ExtensionChange> {
  const now = await collectAbsolute(file)
  const before = former === null ? {} : await formerFiles(former, place)
  const paths = [...new Set([...Object.keys(before), ...Object.keys(now.files)])].sort()
  const files = paths.map((path) => ({ path, lines: lineDifference(before[path] ?? '', now.files[path] ?? '') }))
  return { now: hashOf(now), imports: await modulesOf(now), files: files.filter(({ lines }) => lines.length > 0) }
}

/**
 * Trusts the content that a file has, from the next start on; it loads nothing. A former content whose file was another one has moved
 * there. @throws ExitlabError `conflict` where it is not the content of this hash.
 */
export async function trustFile(
  { file, former, now }: ExtensionFile & { now: string },
  { environment, at }: { environment: Environment; at: number },
): Promise<void> {
  const archive = await collectAbsolute(file)
  if (hashOf(archive) !== now)
    throw new ExitlabError('conflict', `${file} has changed again since it was shown. Read it anew.`)
  const moved = (await trustedFiles(environment)).find((each) => each.sha256 === former && each.file !== file)
  await keepTrusted(archive, { file, at }, environment)
  if (moved !== undefined) await forgetTrusted(moved.file, environment)
}

function collectAbsolute(file: string): Promise<Archive> {
  if (isAbsolute(file)) return collect(file)
  throw new ExitlabError(
    'usage',
    `Expected the absolute path of an extension, such as /home/me/methods.ts; got “${file}”.`,
  )
}

/** None where nothing keeps the former content: all lines are new then. */
async function formerFiles(sha256: string, { environment, folder }: Place): Promise<Archive['files']> {
  const kept = [trustedArchive(sha256, environment), keptArchive(folder, sha256)].find((path) => existsSync(path))
  return kept === undefined ? {} : (await readArchive(kept)).files
}

async function modulesOf({ files }: Archive): Promise<string[]> {
  await using reader = createImportReader()
  const found = new Set<string>()
  for (const [path, text] of Object.entries(files)) {
    const imports = await reader.importsOf({ path, text })
    if ('specifiers' in imports) for (const each of imports.specifiers) if (isBuiltin(each)) found.add(each)
  }
  return [...found].sort()
}

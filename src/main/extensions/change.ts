import { isBuiltin } from 'node:module'
import { ExitlabError } from '../../shared/error.ts'
import type { ExtensionChange } from '../../shared/extension-change.ts'
import { lineDifference } from '../../shared/line-difference.ts'
import type { Environment } from '../host/paths.ts'
import { type Archive, hashOf, readArchive } from './archive.ts'
import { collect } from './collect.ts'
import { createImportReader } from './imports-of.ts'
import { keepTrusted, trustedArchive } from './trust.ts'
import { trustedFiles } from './trusted.ts'

/** What has changed in the file of a content that the user trusts. Nothing of it is run. @throws ExitlabError `not-found` where no file has this content trusted. */
export async function changeOf(sha256: string, environment: Environment): Promise<ExtensionChange> {
  const now = await collect(await fileOf(sha256, environment))
  const before = await readArchive(trustedArchive(sha256, environment))
  const paths = [...new Set([...Object.keys(before.files), ...Object.keys(now.files)])].sort()
  const files = paths.map((path) => ({ path, lines: lineDifference(before.files[path] ?? '', now.files[path] ?? '') }))
  return { now: hashOf(now), imports: await modulesOf(now), files: files.filter(({ lines }) => lines.length > 0) }
}

/**
 * Trusts the content that the file of a trusted one has now, from the next start on; it loads nothing. No other file can be trusted in
 * this way. @throws ExitlabError `conflict` where it is not the content of this hash.
 */
export async function trustChange(
  { sha256, now }: { sha256: string; now: string },
  { environment, at }: { environment: Environment; at: number },
): Promise<void> {
  const file = await fileOf(sha256, environment)
  const archive = await collect(file)
  if (hashOf(archive) !== now)
    throw new ExitlabError('conflict', `${file} has changed again since its differences were shown. Read it anew.`)
  await keepTrusted(archive, { file, at }, environment)
}

async function fileOf(sha256: string, environment: Environment): Promise<string> {
  const trusted = (await trustedFiles(environment)).find((each) => each.sha256 === sha256)
  if (trusted) return trusted.file
  throw new ExitlabError(
    'not-found',
    `You trust no extension of the content ${sha256}. Name its file: --extension FILE.`,
  )
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

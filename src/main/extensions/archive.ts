import { hash } from 'node:crypto'
import { basename } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '../../shared/basics/canonical-json.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { readRegularFile } from '../../files/regular-file.ts'

/** An extension as it is kept: its file and those that it imports, unchanged, by their paths below a folder that has all of them. */
const archive = z.strictObject({ entry: z.string(), files: z.record(z.string(), z.string()) })
export type Archive = z.infer<typeof archive>

/** Bytes of all files of an extension together; more is not source code. */
export const largestExtension = 4 * 1024 * 1024

const archiveName = /^([0-9a-f]{64})\.json$/

/** The name of an archive is the SHA-256 of its text. */
export const archiveFile = (sha256: string): string => `${sha256}.json`
export const isArchiveFile = (path: string): boolean => archiveName.test(basename(path))

/** The one text of an archive, whose SHA-256 identifies the extension. */
export const archiveText = (content: Archive): string => canonicalJson(content)
export const hashOf = (content: Archive): string => hash('sha256', archiveText(content))

/** An archive by its path. @throws ExitlabError `workspace-damaged` where its content is not what its name says. */
export async function readArchive(path: string): Promise<Archive> {
  const text = (await readRegularFile(path, 2 * largestExtension)).toString()
  const [, sha256] = archiveName.exec(basename(path)) ?? []
  if (hash('sha256', text) === sha256) return archive.parse(JSON.parse(text))
  throw new ExitlabError(
    'workspace-damaged',
    `${path} is damaged: its content has another hash than its name. Nothing of it was run. Name the file of the extension instead.`,
  )
}

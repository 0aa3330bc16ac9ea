import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolders } from '../../files/make-folders.ts'
import { writeDurably } from '../../files/durable-file.ts'
import { readSealed, writeSealed } from '../../files/sealed-json.ts'
import { type Environment, userFolders } from '../../files/user-folders.ts'
import { type Archive, archiveFile, archiveText, hashOf } from './archive.ts'

/** That the user trusts a content: written beside its archive, into the user's own configuration. */
const trust = z.strictObject({
  sha256: z.string(),
  /** Absolute path of its file. */
  file: z.string(),
  /** Milliseconds since 1970. */
  at: z.int(),
})
export type Trust = z.infer<typeof trust>

/** Where extensions are kept that the user trusts; no workspace, depot or file that is opened reaches it. */
const trustFolder = (environment: Environment = process.env): string =>
  join(userFolders(environment).config, 'extensions')

const recordFile = (sha256: string) => `${sha256}.trust.json`
/** A mark beside it, of no content. */
const ranFile = (sha256: string) => `${sha256}.ran`

/** Absolute path of the archive of a content that is trusted. */
export const trustedArchive = (sha256: string, environment?: Environment): string =>
  join(trustFolder(environment), archiveFile(sha256))

export const isTrusted = (sha256: string, environment?: Environment): boolean =>
  existsSync(trustedArchive(sha256, environment)) && existsSync(join(trustFolder(environment), recordFile(sha256)))

/** All that the user trusts, in no order. */
export async function trustRecords(environment?: Environment): Promise<Trust[]> {
  const folder = trustFolder(environment)
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(recordFile(''))) : []
  const records = await Promise.all(names.map((name) => readSealed(join(folder, name), trust)))
  return records.filter((each) => each !== null)
}

/** Notes that the user trusts a content. @throws ExitlabError `disk` */
export async function keepTrusted(
  archive: Archive,
  { file, at }: Pick<Trust, 'file' | 'at'>,
  environment?: Environment,
): Promise<void> {
  const sha256 = hashOf(archive)
  makeFolders(trustFolder(environment))
  await writeDurably(trustedArchive(sha256, environment), new TextEncoder().encode(archiveText(archive)))
  await writeSealed(join(trustFolder(environment), recordFile(sha256)), { sha256, file, at } satisfies Trust)
}

/** Whether the code of a content that is trusted has come to its end before. */
export const hasRun = (sha256: string, environment?: Environment): boolean =>
  existsSync(join(trustFolder(environment), ranFile(sha256)))

/** Notes that the code of a content that is trusted has come to its end. */
export async function noteRun(sha256: string, environment?: Environment): Promise<void> {
  if (!hasRun(sha256, environment))
    await writeDurably(join(trustFolder(environment), ranFile(sha256)), new Uint8Array())
}

/** Forgets that the user trusts contents of a file. Their archives stay: processes that have loaded them go on reading them. */
export async function forgetTrusted(file: string, environment?: Environment): Promise<void> {
  const records = (await trustRecords(environment)).filter((each) => each.file === file)
  await Promise.all(
    records.map(({ sha256 }) => rm(join(trustFolder(environment), recordFile(sha256)), { force: true })),
  )
}

import { resolve } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import { quoted } from '../../shared/text/shell-word.ts'
import { shortHash } from '../../shared/methods/method-origin.ts'
import type { Environment } from '../../files/user-folders.ts'
import { type Archive, hashOf, isArchiveFile } from './archive.ts'
import { collect } from './collect.ts'
import { announceExtensions, isLoaded, loadedExtensions } from './launch.ts'
import { registerExtension } from './register.ts'
import { hasRun, isTrusted, keepTrusted, noteRun, trustedArchive } from './trust.ts'
import { tryOut } from './try-out.ts'

/** An extension that a command or an experiment file names. */
export interface NamedExtension {
  /** Its file, as it was written. */
  file: string
  /** Absolute folder that the path starts from. */
  folder: string
  /** The experiment file that names it; null: its user does, by an option. */
  by: string | null
}

interface LoadOptions {
  environment: Environment
  now: number
  /** Asks whether to run an extension that only a file names; null: nobody can be asked. */
  ask: ((question: string) => Promise<boolean>) | null
}

/**
 * Loads extensions into this process, before any registry is used. Only content that the user has named, or now agrees to, is run.
 * @throws ExitlabError that says what is wrong with one of them.
 */
export async function loadExtensions(named: readonly NamedExtension[], options: LoadOptions): Promise<void> {
  announceExtensions([])
  for (const each of named) {
    const path = resolve(each.folder, each.file)
    const archive = await collect(path)
    const sha256 = hashOf(archive)
    if (isLoaded(sha256)) continue
    const agreed = await agreedNow(each, sha256, options)
    if (agreed) await refuseChanged(each, path, sha256)
    await load(archive, path, options.environment)
    if (isArchiveFile(path) && !agreed) continue
    await keepTrusted(archive, { file: path, at: options.now }, options.environment)
    await noteRun(sha256, options.environment)
  }
}

/** Runs the code of an extension and adds its methods; what has not come to its end before is tried out first. */
export async function load(archive: Archive, file: string, environment: Environment): Promise<void> {
  const sha256 = hashOf(archive)
  if (!hasRun(sha256, environment)) await tryOut(archive, file)
  const others = loadedExtensions()
  const origin = await registerExtension(archive, file, others)
  announceExtensions([
    ...others,
    { ...origin, archive: isArchiveFile(file) ? file : trustedArchive(sha256, environment) },
  ])
}

/** Whether the user agrees to a content when asked; false: that was not needed. @throws ExitlabError `usage` where nobody does. */
async function agreedNow(
  { file, by }: NamedExtension,
  sha256: string,
  { environment, ask }: LoadOptions,
): Promise<boolean> {
  if (by === null || isTrusted(sha256, environment)) return false
  // What is asked about may not look like words of the question, or hide them.
  const [asker, named] = [quoted(by), quoted(file)]
  const what = `${asker} names the extension ${named} (sha256 ${shortHash(sha256)}…), a program that would run with your rights: it could read your files and use the network.`
  if (ask !== null && (await ask(`${what} Nothing of it has run yet. Load this version from now on?`))) return true
  throw new ExitlabError('usage', `${what} It was not run. Read it, then name it yourself: --extension ${named}`)
}

/** What was agreed to is the content that was asked about. @throws ExitlabError `conflict` where the file has another one by now. */
async function refuseChanged({ file }: NamedExtension, path: string, sha256: string): Promise<void> {
  const now = hashOf(await collect(path))
  if (now === sha256) return
  throw new ExitlabError(
    'conflict',
    `The extension ${quoted(file)} changed while the question about it was open (sha256 ${shortHash(sha256)}… is now ${shortHash(now)}…). Nothing of it ` +
      'was run, and your answer was not kept. Start the command again: it asks about the file as it is then.',
  )
}

import { lstat, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { isGone, processIdentity, thisProcess } from '../../execution/depot/process-identity.ts'
import { reasonOf } from '../../../files/durable-file.ts'
import { refuseOddPath } from '../../../files/odd-path.ts'
import { isRegularFile } from '../../../files/regular-file.ts'
import { makeFolders, missingFolders } from '../../../files/make-folders.ts'

export interface WrittenFile {
  /** Relative to the folder, with forward slashes. */
  path: string
  bytes: Blob
}

const partial = '.exitlab-partial'
/** Which process writes there. */
const writerFile = 'writer.json'
/** What makes a folder a report. */
const mark = 'report.json'
/** What a report has at its top, in the order in which it gets there. */
const ownNames = ['figures', 'tables', 'report.tex', 'report.md', 'report.pdf', 'report.html', mark]
/** Of the paper, or of own runs. */
const earlier = z.object({ createdAt: z.int(), settings: z.array(z.unknown()), checklist: z.array(z.unknown()) })

/** @throws ExitlabError `conflict` where the folder has anything but an earlier report, or what a killed process left of one. */
export async function refuseOtherFolder(folder: string): Promise<void> {
  const all = await namesIn(folder)
  await refuseSecondWriter(folder)
  const names = all.filter((name) => !name.startsWith(partial))
  const foreign = names.find((name) => !ownNames.includes(name))
  if (foreign !== undefined) throw notEmpty(folder, foreign)
  if (names.length > 0 && !all.includes(partial) && !(await isReport(folder))) throw notEmpty(folder, names[0]!)
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return await refuseLinkToNothing(folder)
    if (code === 'ENOTDIR' && isRegularFile(folder)) {
      throw new ExitlabError('conflict', `${folder} is a file; expected a new or empty folder, or an earlier report.`)
    }
    throw cannotWrite(folder, error)
  }
}

async function refuseLinkToNothing(folder: string): Promise<[]> {
  const found = await lstat(folder).catch(() => null)
  if (found === null) return []
  throw new ExitlabError(
    'conflict',
    `${folder} is a link to a folder that does not exist. Make that, or choose another.`,
  )
}

/** @throws ExitlabError `conflict` while another process writes a report there: each would remove files of the other. */
async function refuseSecondWriter(folder: string): Promise<void> {
  const writer = await writerOf(folder)
  if (writer === null || isGone(writer)) return
  throw new ExitlabError(
    'conflict',
    `Process ${writer.pid} is writing a report to ${folder}. Wait for it, or choose another folder; if no such process is left on any machine, remove ${join(folder, partial)}.`,
  )
}

async function writerOf(folder: string) {
  const text = await readFile(join(folder, partial, writerFile), 'utf8').catch(() => '')
  try {
    return processIdentity.parse(JSON.parse(text))
  } catch {
    return null
  }
}

async function isReport(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, mark), 'utf8').catch(() => '')
  try {
    return earlier.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

/**
 * Writes a report as a whole: beside what is there until all of it is on the disk. An earlier report is replaced. Where it cannot be
 * written, folders that were made for it are gone again.
 */
export async function writeReport(folder: string, files: readonly WrittenFile[]): Promise<void> {
  const missing = missingFolders(folder)
  try {
    await writeWhole(folder, files)
  } catch (error) {
    // Not where somebody else has put something there meanwhile.
    for (const each of missing) await rmdir(each).catch(() => null)
    throw error
  }
}

async function writeWhole(folder: string, files: readonly WrittenFile[]): Promise<void> {
  const staging = await claimed(folder).catch((error: unknown) => Promise.reject(cannotWrite(folder, error) as Error))
  try {
    for (const { path, bytes } of files) {
      makeFolders(dirname(join(staging, path)))
      await writeFile(join(staging, path), new Uint8Array(await bytes.arrayBuffer()), { flush: true })
    }
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw cannotWrite(folder, error)
  }
  await replace(folder, staging).catch((error: unknown) => {
    throw cannotWrite(folder, error)
  })
}

/** The folder in which this process alone writes: what a process that is gone has left there is removed. */
async function claimed(folder: string): Promise<string> {
  const staging = join(folder, partial)
  makeFolders(folder)
  const own = await mkdtemp(`${staging}-`)
  try {
    await writeFile(join(own, writerFile), JSON.stringify(thisProcess()))
    // Of two that do this at once one fails, as a folder that is not empty is not replaced.
    await rename(own, staging).catch(async () => {
      await refuseSecondWriter(folder)
      await rm(staging, { recursive: true, force: true })
      await rename(own, staging)
    })
    return staging
  } catch (error) {
    await rm(own, { recursive: true, force: true })
    throw error
  }
}

/** Where it is interrupted the folder has no mark, and has what is still to be moved there: the next report is written over both. */
async function replace(folder: string, staging: string): Promise<void> {
  const written = await readdir(staging)
  await rm(join(folder, mark), { force: true })
  for (const name of ownNames) {
    await rm(join(folder, name), { recursive: true, force: true })
    if (written.includes(name)) await rename(join(staging, name), join(folder, name))
  }
  await rm(staging, { recursive: true })
}

function notEmpty(folder: string, name: string): ExitlabError {
  return new ExitlabError(
    'conflict',
    `The folder ${folder} is not empty (it has ${name}); expected a new or empty one, or an earlier report. Nothing was written.`,
  )
}

function cannotWrite(folder: string, error: unknown): unknown {
  if (error instanceof ExitlabError || (error as NodeJS.ErrnoException).code === undefined) return error
  refuseOddPath(folder, error)
  const reason = reasonOf(error as NodeJS.ErrnoException)
  return new ExitlabError('disk', `The report cannot be written to ${folder}: ${reason}.`, { cause: error })
}

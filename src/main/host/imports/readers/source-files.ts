import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { readRange } from '../../../../files/pieces.ts'
import { openRegularFile, readRegularFile, whyUnreadable } from '../../../../files/regular-file.ts'
import { badSource } from './import-choice.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { ImportFormat } from '../../../../shared/runs/imported.ts'

/** What a path is. */
export interface Source {
  path: string
  format: ImportFormat
  /** The files that are read, each with its name below the path; of result folders their `final.pth`. */
  files: { path: string; name: string }[]
}

/** The same for a reader, which says each file before it reads it. */
export interface SourceFiles extends Source {
  say(path: string): void
}

const isEventFile = (name: string) => basename(name).includes('.tfevents.') || basename(name).endsWith('.tfevents')
const isResultFile = (name: string) => /\.(pth|pt)$/i.test(name)
const isTable = (name: string) => /\.(csv|tsv|txt)$/i.test(name)
/** As the public code calls what it leaves in the folder of a training. */
const finalFile = 'final.pth'

/** More than any training writes: another folder was meant. */
const mostFiles = 1000
const deepestFolder = 3

/** Finds what is to be read at a path, and by what it is recognised. @throws ExitlabError `data` where there is nothing. */
export async function findSource(path: string, asked?: ImportFormat): Promise<Source> {
  const found = await stat(path).catch((error: unknown) => {
    throw new ExitlabError('not-found', `${path} ${whyUnreadable(error)}.`)
  })
  if (!found.isDirectory()) {
    const format = asked ?? formatOfFile(path)
    if (format === null) throw unknownFile(path)
    return { path, format, files: [{ path, name: basename(path) }] }
  }
  const all = await filesBelow(path)
  const finals = all.filter(({ name }) => basename(name) === finalFile)
  const candidates: Record<ImportFormat, Source['files']> = {
    'public-code': finals,
    tensorboard: all.filter(({ name }) => isEventFile(name)),
    // Texts in a folder are of any kind.
    csv: all.filter(({ name }) => isTable(name) && !/\.txt$/i.test(name)),
  }
  const order = asked ? [asked] : (['public-code', 'tensorboard', 'csv'] as const)
  const format = order.find((each) => candidates[each].length > 0)
  if (format === undefined) throw unknownFolder(path)
  return { path, format, files: candidates[format] }
}

function formatOfFile(path: string): ImportFormat | null {
  if (isEventFile(path)) return 'tensorboard'
  if (isResultFile(path)) return 'public-code'
  return isTable(path) ? 'csv' : null
}

/** Files of a folder and of those in it, by name. */
async function filesBelow(folder: string, depth = 0, root = folder): Promise<Source['files']> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(refuseUnreadable(folder))
  const found: Source['files'] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && depth < deepestFolder) found.push(...(await filesBelow(path, depth + 1, root)))
    else if (entry.isFile()) found.push({ path, name: relative(root, path).replaceAll('\\', '/') })
    if (found.length > mostFiles)
      throw new ExitlabError('data', `${root} has more than ${mostFiles} files. Name the folder of one training.`)
  }
  return found
}

function unknownFile(path: string): ExitlabError {
  return new ExitlabError(
    'data',
    `${path} is not recognised by its name: expected an event file of TensorBoard (….tfevents.…), a table (.csv, .tsv) or a result of the paper’s public code (.pth). Say which it is.`,
    { command: ['import', path, '--format', 'csv'] },
  )
}

function unknownFolder(path: string): ExitlabError {
  return new ExitlabError(
    'data',
    `${path} has nothing that can be imported: expected event files of TensorBoard, ${finalFile} of the paper’s public code, or tables (.csv, .tsv).`,
  )
}

/** Largest file that is read piece by piece: hashing and reading more takes minutes, and no results need it. */
const largestFile = 4 * 2 ** 30
/** Largest file that is read at once: results, with the weights of a large network. */
const largestWhole = 2 ** 30
/** A piece of a table is parsed at once, also where its first line is refused. */
const pieceBytes = 2 ** 18

/** The bytes of a file piece by piece; `hash` has seen all of them at the end. @throws ExitlabError `data` for what is no file, or too large. */
export async function* piecesOf(path: string, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  await using file = await openRegularFile(path, largestFile).catch(refuseUnreadable(path))
  // Files that grow are read as far as they reached.
  const { size } = await file.stat()
  for (let at = 0; at < size; at += pieceBytes) {
    const { buffer, byteLength } = await readRange(file, at, Math.min(size, at + pieceBytes)).catch(
      refuseUnreadable(path),
    )
    const piece = Buffer.from(buffer, 0, byteLength)
    hash.update(piece)
    yield piece
  }
}

/** The bytes of a file. @throws ExitlabError `data` as `piecesOf`. */
export function wholeFile(path: string): Promise<Buffer> {
  return readRegularFile(path, largestWhole).catch(refuseUnreadable(path))
}

const refuseUnreadable = (path: string) => (error: unknown) => {
  throw badSource(path, `${whyUnreadable(error)}.`)
}

/** Of one file its own; of several that of the list of theirs. */
export function commonSha256(files: readonly { name: string; sha256: string }[]): string {
  if (files.length === 1) return files[0]!.sha256
  return createHash('sha256')
    .update(files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''))
    .digest('hex')
}

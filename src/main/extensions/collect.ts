import { lstat, readdir } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import { nearestWord } from '../../shared/text/nearest-word.ts'
import { NoFileError, readRegularFile } from '../../files/regular-file.ts'
import { type Archive, isArchiveFile, largestExtension, readArchive } from './archive.ts'
import { createImportReader, type ImportReader } from './imports-of.ts'

/** What an extension imports of Exitlab. */
export const entryName = 'exitlab/extension'
const code = /\.(m?ts|m?js)$/

/**
 * The file of an extension and all that it imports; nothing of it is run. An archive that Exitlab keeps does as well.
 * @throws ExitlabError `not-found` or `usage` that names the file and what is wrong.
 */
export async function collect(file: string): Promise<Archive> {
  if (isArchiveFile(file)) return readArchive(file).catch((error: unknown) => refuse(file, error))
  if (!code.test(file)) await refuseOther(file)
  await using reader = createImportReader()
  const entry = resolve(file)
  const texts = new Map<string, string>()
  await add({ path: entry, named: file }, texts, reader)
  const root = commonFolder([...texts.keys()].map((path) => dirname(path)))
  const placed = (path: string) => relative(root, path).split(sep).join('/')
  return { entry: placed(entry), files: Object.fromEntries([...texts].map(([path, text]) => [placed(path), text])) }
}

interface Source {
  /** Absolute. */
  path: string
  /** As messages name it. */
  named: string
}

async function add({ path, named }: Source, texts: Map<string, string>, reader: ImportReader): Promise<void> {
  if (texts.has(path)) return
  texts.set(path, await textOf({ path, named }, texts))
  const imports = await reader.importsOf({ path, text: texts.get(path)! })
  if ('fault' in imports) throw new ExitlabError('usage', `${named} is not valid code: ${imports.fault}.`)
  for (const specifier of imports.specifiers) {
    if (specifier === entryName || isBuiltin(specifier)) continue
    if (!/^\.\.?\//.test(specifier)) throw foreign(named, specifier)
    const imported = { path: resolve(dirname(path), specifier), named: join(dirname(named), specifier) }
    await add(imported, texts, reader).catch((error: unknown) => {
      if (!(error instanceof ExitlabError) || error.code !== 'not-found') throw error
      throw new ExitlabError('not-found', `${named} imports ${specifier}, but ${error.message}`)
    })
  }
}

async function textOf({ path, named }: Source, texts: ReadonlyMap<string, string>): Promise<string> {
  if (!code.test(path)) await refuseOther(named)
  const bytesOfFile = await readRegularFile(path).catch((error: unknown) => refuse(named, error))
  // What git makes of line ends on some systems makes no other extension.
  const text = bytesOfFile.toString().replaceAll('\r\n', '\n')
  const bytes = [...texts.values(), text].reduce((sum, each) => sum + Buffer.byteLength(each), 0)
  if (bytes <= largestExtension) return text
  throw new ExitlabError('usage', `${named}: an extension and what it imports have at most 4 MiB of code.`)
}

function foreign(named: string, specifier: string): ExitlabError {
  return new ExitlabError(
    'usage',
    `${named} imports “${specifier}”. An extension imports ${entryName}, modules of Node, and files beside it by their paths (./helper.ts), ` +
      'so that it can be kept whole with its runs. A package that it needs has to be bundled into a file beside it.',
  )
}

async function refuseOther(file: string): Promise<never> {
  await readRegularFile(file).catch((error: unknown) => refuse(file, error))
  throw new ExitlabError(
    'usage',
    `${file} is no extension: expected a TypeScript or JavaScript module (.ts, .mts, .js, .mjs).`,
  )
}

async function refuse(file: string, error: unknown): Promise<never> {
  if (error instanceof ExitlabError) throw error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') throw new ExitlabError('not-found', await missing(file))
  if (!(error instanceof NoFileError)) throw new ExitlabError('disk', `${file} cannot be read: ${message}`)
  throw new ExitlabError('usage', `${file} ${error.what}; expected the file of an extension, such as methods.ts.`)
}

async function missing(file: string): Promise<string> {
  const found = await lstat(file).catch(() => null)
  if (found?.isSymbolicLink()) return `${file} is a symbolic link to a file that does not exist.`
  const others = (await readdir(dirname(resolve(file))).catch(() => [])).filter((name) => code.test(name))
  const stem = (name: string) => name.replace(code, '')
  const near = others.find((name) => stem(name) === stem(basename(file))) ?? nearestWord(basename(file), others)
  return `${file} does not exist.${near === undefined ? '' : ` Did you mean ${join(dirname(file), near)}?`}`
}

/** The deepest folder that holds all of some. */
function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let shared = common
    while (relative(shared, folder).startsWith('..')) shared = dirname(shared)
    return shared
  })
}

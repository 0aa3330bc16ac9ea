import { open, readdir } from 'node:fs/promises'
import { dirname, basename, join } from 'node:path'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { largestSource } from '../../../../contract/experiment/experiment.ts'
import { nearestWord } from '../../../../shared/text/nearest-word.ts'
import { NoFileError, openRegularFile } from '../../../../files/regular-file.ts'
import { refuseOddPath } from '../../../../files/odd-path.ts'
import { InvalidExperiment, type FileProblem } from './file-problem.ts'

/** Texts of files that can be read once alone. */
const given = new Map<string, Promise<string>>()

/** Text of an experiment file. Refuses what cannot be one: a folder, too large, not UTF-8. */
export function readSource(file: string): Promise<string> {
  if (!isGiven(file)) return sourceOf(file)
  const source = given.get(file) ?? sourceOf(file)
  given.set(file, source)
  return source
}

const sourceOf = async (file: string): Promise<string> => decode(file, await readBytes(file))

async function readBytes(file: string): Promise<Uint8Array> {
  await using handle = await (isGiven(file) ? open(file) : openRegularFile(file)).catch((error: unknown) =>
    refuse(file, error),
  )
  const buffer = Buffer.alloc(largestSource + 1)
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length)
    if (bytesRead === 0) return buffer.subarray(0, length)
    length += bytesRead
  }
  throw new ExitlabError(
    'usage',
    `${file} is larger than ${largestSource / 1024} KiB, the maximum of an experiment file`,
  )
}

/** Whether a file is one that a shell has opened for this command, as `<(…)`: that ends, where a named pipe may wait for ever. */
const isGiven = (file: string) => /^\/(dev\/stdin|(dev|proc\/self)\/fd\/\d+)$/.test(file)

async function refuse(file: string, error: unknown): Promise<never> {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') throw new ExitlabError('not-found', await describeMissing(file))
  if (!(error instanceof NoFileError)) {
    refuseOddPath(file, error)
    throw new ExitlabError('disk', `cannot read ${file}: ${message}`, { cause: error })
  }
  throw new ExitlabError('usage', `${message}; expected an experiment file${await exampleIn(file)}`, { cause: error })
}

async function describeMissing(file: string): Promise<string> {
  // A link that leads nowhere is no better.
  const others = (await yamlFiles(dirname(file))).filter((name) => name !== basename(file))
  const near = nearestWord(basename(file), others)
  return `There is no file ${file}.${near === undefined ? '' : ` Did you mean ${join(dirname(file), near)}?`}`
}

/** A file in a folder that was meant, perhaps. */
async function exampleIn(folder: string): Promise<string> {
  const [first] = await yamlFiles(folder)
  return first === undefined ? '' : `, such as ${join(folder, first)}`
}

async function yamlFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch(() => [])
  return entries.filter((name) => /\.ya?ml$/.test(name))
}

function decode(file: string, bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes)
  if (Buffer.from(bytes).equals(Buffer.from(text)) || hasByteOrderMark(bytes)) return text
  throw new InvalidExperiment(file, '', [notText(text, bytes)])
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function notText(text: string, bytes: Uint8Array): FileProblem {
  const before = text.slice(0, Math.max(0, text.indexOf('\ufffd'))).split('\n')
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const got = wide ? 'UTF-16' : 'other bytes'
  return {
    line: before.length,
    column: before.at(-1)!.length + 1,
    length: 1,
    path: [],
    message: `expected text in UTF-8; got ${got}; save the file as UTF-8`,
  }
}

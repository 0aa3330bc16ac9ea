import { ExitlabError } from '../../../../shared/error.ts'
import { longestText, readWhole } from '../files.ts'

/** Text of a file. @throws ExitlabError `data` as `decodeText`, and where it is longer than a text can be in JavaScript. */
export async function readText(file: string): Promise<string> {
  return decodeText(await readWhole(file, longestText), file)
}

/**
 * Text in UTF-8, without a byte order mark. @throws ExitlabError `data` naming the file where it holds anything else: bytes of a
 * picture or an archive make no text.
 */
function decodeText(bytes: Uint8Array, file: string): string {
  if (bytes.includes(0)) throw noText(file, 'it holds zero bytes, so it is a binary file')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw noText(file, 'it is not in UTF-8')
  }
}

/** Lines of any system, without what ends them. */
export const linesOf = (text: string) => text.split(/\r\n|\n|\r/)

function noText(file: string, reason: string): ExitlabError {
  return new ExitlabError('data', `data.path: ${file} is no text: ${reason}; remove it, or convert it to UTF-8`)
}

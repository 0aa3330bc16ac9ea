import { ExitlabError } from '../../../shared/basics/error.ts'
import { longestText, piecesOf, readWhole } from '../files.ts'

/** Text of a file. @throws ExitlabError `data` as `textPieces`, and where it is longer than a text can be in JavaScript. */
export async function readText(file: string): Promise<string> {
  return decoder(file)(await readWhole(file, longestText))
}

/**
 * Text in UTF-8, without a byte order mark, piece by piece. @throws ExitlabError `data` naming the file where it holds anything else:
 * bytes of a picture or an archive make no text.
 */
export async function* textPieces(file: string): AsyncGenerator<string> {
  const decode = decoder(file)
  for await (const bytes of piecesOf(file, longestText)) yield decode(bytes, { stream: true })
  yield decode(new Uint8Array())
}

function decoder(file: string): (bytes: Uint8Array, options?: { stream: boolean }) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  return (bytes, options) => {
    if (bytes.includes(0)) throw noText(file, 'it holds zero bytes, so it is a binary file')
    try {
      return utf8.decode(bytes, options)
    } catch {
      throw noText(file, 'it is not in UTF-8')
    }
  }
}

/** Lines of any system, without what ends them. */
export const linesOf = (text: string) => text.split(/\r\n|\n|\r/)

/** The same of pieces of a text. */
export async function* linesIn(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = []
  let held = ''
  for await (const piece of pieces) {
    const text = held + piece
    // What ends a line may go on in the next piece.
    held = text.endsWith('\r') ? '\r' : ''
    const [first, ...more] = linesOf(text.slice(0, text.length - held.length))
    begun.push(first!)
    if (more.length === 0) continue
    yield begun.join('')
    begun = [more.pop()!]
    yield* more
  }
  yield* linesOf(begun.join('') + held)
}

function noText(file: string, reason: string): ExitlabError {
  return new ExitlabError('data', `data.path: ${file} is no text: ${reason}; remove it, or convert it to UTF-8`)
}

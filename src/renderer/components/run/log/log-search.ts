import type { LogLine } from '../../../../shared/runs/runs.ts'

export type LogLevel = LogLine['level']

/** A stretch of a message; `found`: whether it matches the search. */
interface LogPiece {
  text: string
  found: boolean
}

const severity: Record<LogLevel, number> = { info: 0, warning: 1, error: 2 }

/** Lines of at least this level that contain the searched words; case is ignored. */
export function matchingLines(lines: readonly LogLine[], level: LogLevel, search: string): LogLine[] {
  const words = search.toLowerCase()
  return lines.filter(
    (line) => severity[line.level] >= severity[level] && (words === '' || line.message.toLowerCase().includes(words)),
  )
}

/** A message split at the matches. */
export function logPieces(message: string, search: string): LogPiece[] {
  if (search === '') return [{ text: message, found: false }]
  const [text, words] = [message.toLowerCase(), search.toLowerCase()]
  const pieces: LogPiece[] = []
  let from = 0
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, from)) {
    pieces.push(
      { text: message.slice(from, at), found: false },
      { text: message.slice(at, at + words.length), found: true },
    )
    from = at + words.length
  }
  return [...pieces, { text: message.slice(from), found: false }].filter((piece) => piece.text !== '')
}

/** Lines as a text that can be pasted elsewhere: time in UTC, level, message. */
export function logText(lines: readonly LogLine[]): string {
  return lines.map(({ at, level, message }) => `${new Date(at).toISOString()} ${level.padEnd(7)} ${message}\n`).join('')
}

import { randomUUID } from 'node:crypto'

/** Styles by what they mean. */
export interface Style {
  strong: (text: string) => string
  faint: (text: string) => string
  good: (text: string) => string
  bad: (text: string) => string
  warn: (text: string) => string
  accent: (text: string) => string
}

/** How a result is laid out. */
export interface View {
  style: Style
  /** Columns that tables may take. */
  width: number
}

const codes = {
  strong: [1, 22],
  faint: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  warn: [33, 39],
  accent: [36, 39],
} as const satisfies Record<keyof Style, readonly [number, number]>

/** Stands for the escape character in styles of ours until they are written: no file can have it. */
const ownEscape = `\ufdd0${randomUUID()}\ufdd0`
const ownStyle = new RegExp(`${ownEscape}\\[\\d+m`, 'g')

/** Text with styles as a terminal takes them. */
export const withStyles = (text: string): string => text.replaceAll(ownEscape, '\u001b')

export const withoutStyles = (text: string): string => text.replace(ownStyle, '')

/** Styles for a terminal, which `print` writes, or styles that do nothing. */
export function createStyle(colours: boolean): Style {
  const paint = ([on, off]: readonly [number, number]) => {
    return (text: string) => (colours && text !== '' ? `${ownEscape}[${on}m${text}${ownEscape}[${off}m` : text)
  }
  return {
    strong: paint(codes.strong),
    faint: paint(codes.faint),
    good: paint(codes.good),
    bad: paint(codes.bad),
    warn: paint(codes.warn),
    accent: paint(codes.accent),
  }
}

/** Whether to use colours: never with NO_COLOR set (no-color.org) or TERM=dumb; FORCE_COLOR overrides a stream that is no terminal. */
export function wantsColour(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '') return false
  if (environment['FORCE_COLOR'] !== undefined) return environment['FORCE_COLOR'] !== '0'
  return isTerminal && environment['TERM'] !== 'dumb'
}

/** Columns of a bar. */
const barWidth = 8

/** A share, 0 to 1, as a bar. */
export function progressBar(share: number, style: Style): string {
  const filled = Math.max(0, Math.min(barWidth, Math.round(share * barWidth)))
  return style.accent('━'.repeat(filled)) + style.faint('─'.repeat(barWidth - filled))
}

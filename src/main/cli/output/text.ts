import stringWidth from 'string-width'
import { visible } from '../../../shared/text/visible.ts'
import { withStyles } from './style.ts'

/** A line as a terminal is sent it: nothing in it but styles of ours steers the terminal. */
export function terminalLine(line: string): string {
  return withStyles(visible(line))
}

/** Columns that a line takes on a terminal. */
export function widthOf(line: string): number {
  return stringWidth(terminalLine(line))
}

/** A message, each of its own line breaks followed by an indentation, so that no part of it looks like a line of its own. */
export function messageLines(message: string): string[] {
  const [first, ...others] = message.split(/\r?\n/)
  return [first!, ...others.map((line) => (line === '' ? '' : `  ${line}`))]
}

export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text
}

export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

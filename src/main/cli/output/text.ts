import stringWidth from 'string-width'

export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text))) + text
}

export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}

/**
 * Text from files and stores made safe for a terminal: control characters, which could move the cursor or hide text,
 * become visible.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) =>
    character === '\u001b' ? '␛' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}

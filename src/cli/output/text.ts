import stringWidth from 'string-width'

export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text))) + text
}

export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}

/** All but tab and line feed that would move the cursor, hide text or turn its direction. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** The inside of a shell's `$'…'`, in which nothing moves the cursor or turns the direction of the line. */
function shellEscaped(text: string): string {
  const code = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0')
  return text.replace(/[\\']/g, '\\$&').replace(controls, (character) => `\\u${code(character)}`)
}

/** Text from files, stores and errors made safe for a terminal: control characters become visible. */
export function printable(text: string): string {
  return text.replace(controls, (character) => {
    if (character === '\u001b') return '␛'
    const code = character.charCodeAt(0).toString(16)
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`
  })
}

/** A word as a shell takes it; one with control characters as bash and zsh do. */
export function quoted(word: string): string {
  if (printable(word) !== word) return `$'${shellEscaped(word)}'`
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

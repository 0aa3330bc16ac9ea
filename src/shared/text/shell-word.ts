import { visible } from './visible.ts'

/** A word as a shell takes it; one with control characters as bash and zsh do, so that they are seen. */
export function quoted(word: string): string {
  const shown = visible(word)
  if (shown !== word) return `$'${visible(word.replace(/[\\']/g, '\\$&'))}'`
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

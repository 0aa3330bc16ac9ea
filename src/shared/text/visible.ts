/** All but tab that move the cursor, end or turn the line, or take no room; halves of a pair of surrogates too. */
const unseen = /(?!\t)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * Text as one line that is what it looks like, for a terminal, a log or a script: characters that would move the cursor, end or turn
 * the line, or that nobody sees, are written as in JSON (`\u001b`, `\n`).
 */
export function visible(text: string): string {
  return text.replace(unseen, (character) => {
    const written = JSON.stringify(character).slice(1, -1)
    return written === character ? character.split('').map(unitEscape).join('') : written
  })
}

/** The same of a text that may have several lines. */
export function visibleLines(text: string): string[] {
  return text.split(/\r?\n/).map(visible)
}

function unitEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

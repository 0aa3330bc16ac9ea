/** Characters that would move the cursor, break a line, reverse the reading direction or be no character at all. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/gu

/** A text that someone typed as one harmless line, at most `limit` characters long (the last one is then an ellipsis). */
export function plainText(text: string, limit = Infinity): string {
  const characters = [...text.toWellFormed().replace(unprintable, ' ').trim()]
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : characters.join('')
}

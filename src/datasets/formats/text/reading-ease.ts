/**
 * Flesch's reading ease of a text, from very hard (0) to very easy (5): `206.835 − 1.015 · words ⁄ sentences − 84.6 · syllables ⁄ words`,
 * clipped to 0 … 100 and divided by 20. A text without words has 0.
 *
 * Sentences end with `.`, `!` or `?`; the syllables of a word are its groups of vowels, without an `e` at its end, and at least one.
 * Source: Flesch 1948, “A new readability yardstick”.
 */
export function readingEase(text: string): number {
  const words = text.match(/[a-z]+(?:'[a-z]+)*/gi) ?? []
  if (words.length === 0) return 0
  const sentences = Math.max(1, text.match(/[.!?]+(?=\s|$)/g)?.length ?? 0)
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  const ease = 206.835 - (1.015 * words.length) / sentences - (84.6 * syllables) / words.length
  return Math.min(100, Math.max(0, ease)) / 20
}

function syllablesOf(word: string): number {
  const sounded = word.toLowerCase().replace(/(?<=[a-z]{2})e$/, '')
  return Math.max(1, sounded.match(/[aeiouy]+/g)?.length ?? 0)
}

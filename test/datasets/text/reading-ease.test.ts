import { expect, test } from 'vitest'
import { readingEase } from '../../../src/datasets/formats/text/reading-ease.ts'

// 206.835 − 1.015 · words ⁄ sentences − 84.6 · syllables ⁄ words, by hand.
test.each([
  ['The cat sat on the mat.', 100], // 6 words, 6 syllables: 116.1, clipped
  ['A computer reads.', 206.835 - 1.015 * 3 - (84.6 * 5) / 3], // a · com-pu-ter · reads
  ['Nobody remembers yesterday! Really?', 206.835 - (1.015 * 4) / 2 - (84.6 * 11) / 4], // 3 + 3 + 3 + 2 syllables: clipped
  ['Make haste', 206.835 - 1.015 * 2 - 84.6], // no end of a sentence; final e is silent
  ['1234 -- !', 0], // no words
])('the reading ease of “%s” is %d of 100', (text, ease) => {
  expect(readingEase(text) * 20).toBeCloseTo(Math.min(100, Math.max(0, ease)), 5)
})

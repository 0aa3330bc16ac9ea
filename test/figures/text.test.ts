import { expect, test } from 'vitest'
import { textWidth } from '../../src/figures/plot.ts'
import { fitting, fittingApart } from '../../src/figures/text.ts'

test('texts that fit stay as they are', () => {
  expect(fittingApart(['mixed', 'joint'], 100)).toEqual(['mixed', 'joint'])
  expect(fittingApart([], 100)).toEqual([])
})

test.each([
  ['at their end', ['disjoint, with many more words to follow', 'mixed, with many more words to follow']],
  ['at their start', ['many words that come first, then 1', 'many words that come first, then 2']],
  ['before their end', ['many words that come first, 1 then some', 'many words that come first, 2 then some']],
])('long texts that differ %s still differ when they are cut', (_, texts) => {
  const cut = fittingApart(texts, 110)
  expect(new Set(cut).size).toBe(2)
  for (const each of cut) {
    expect(textWidth(each)).toBeLessThanOrEqual(110)
    expect(each).toContain('…')
  }
})

test('texts are cut at the end where that is enough', () => {
  const texts = ['a first text of some length', 'b second text of some length']
  expect(fittingApart(texts, 80)).toEqual(texts.map((text) => fitting(text, 80)))
})

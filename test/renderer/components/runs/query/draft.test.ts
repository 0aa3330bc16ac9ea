import { expect, test } from 'vitest'
import {
  committed,
  draftOf,
  lastTakenBack,
  queryOf,
  settled,
} from '../../../../../src/renderer/components/runs/query/draft.ts'

test('words with a key become chips once something follows them', () => {
  expect(settled({ chips: [], text: 'regime:mixed' })).toEqual({ chips: [], text: 'regime:mixed' })
  expect(settled({ chips: ['seed:1'], text: 'regime:mixed ' })).toEqual({ chips: ['seed:1', 'regime:mixed'], text: '' })
  expect(settled({ chips: [], text: 'quick regime:mixed st' })).toEqual({ chips: ['regime:mixed'], text: 'quick st' })
  expect(settled({ chips: [], text: 'note:"two words' })).toEqual({ chips: [], text: 'note:"two words' })
})

test('parts of names stay text', () => {
  expect(draftOf('quick regime:mixed start')).toEqual({ chips: ['regime:mixed'], text: 'quick start' })
  expect(committed({ chips: ['seed:1'], text: 'val>70' })).toEqual({ chips: ['seed:1', 'val>70'], text: '' })
})

test('the last chip can be turned back into text', () => {
  expect(lastTakenBack({ chips: ['seed:1', 'val>7'], text: '' })).toEqual({ chips: ['seed:1'], text: 'val>7' })
  expect(lastTakenBack({ chips: [], text: '' })).toEqual({ chips: [], text: '' })
})

test('an incomplete term is ignored while it is typed', () => {
  const draft = { chips: ['seed:1'], text: 'quick regime:mi' }
  expect(queryOf(draft, { typing: true })).toBe('seed:1 quick')
  expect(queryOf(draft, { typing: false })).toBe('seed:1 quick regime:mi')
  expect(queryOf({ ...draft, text: 'quick regime:mi ' }, { typing: true })).toBe('seed:1 quick regime:mi')
  expect(queryOf({ ...draft, text: 'quick regime:mixed' }, { typing: true })).toBe('seed:1 quick regime:mixed')
  const other = { ...draft, text: 'quick regime:freeze-thaw' }
  expect(queryOf(other, { typing: true })).toBe('seed:1 quick')
  expect(queryOf(other, { typing: true, regimes: ['freeze-thaw'] })).toBe('seed:1 quick regime:freeze-thaw')
})

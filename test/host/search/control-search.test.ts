import { expect, it } from 'vitest'
import { chosenSearch } from '../../../src/main/host/search/control-search.ts'

/** Searches, the newest first. */
function store(...all: { id: string; name: string }[]) {
  return { searches: { all: () => all, get: (id: string) => all.find((each) => each.id === id) ?? null } } as never
}
const newest = { id: 'ab3f21', name: 'toy' }
const older = { id: 'ab77', name: 'toy' }
const named = { id: 'c0', name: 'ab' }

it('a search is meant by its id, by a name before the beginning of an id, and of a name the newest', () => {
  const searches = store(newest, older, named)
  expect(chosenSearch(searches, 'ab77')).toBe(older)
  expect(chosenSearch(searches, 'toy')).toBe(newest)
  expect(chosenSearch(searches, 'ab')).toBe(named)
  expect(chosenSearch(searches, 'ab7')).toBe(older)
})

it('a beginning that several ids have, and an empty one, mean no search', () => {
  const searches = store(newest, older)
  const listed = /“a” matches several searches; give more of the id:\n {2}ab3f21 {2}toy\n {2}ab77 {2}toy/
  expect(() => chosenSearch(searches, 'a')).toThrow(listed)
  for (const none of ['', 'x']) expect(() => chosenSearch(searches, none)).toThrow(/There is no search/)
})

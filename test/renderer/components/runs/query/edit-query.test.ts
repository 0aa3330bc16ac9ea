import { describe, expect, test } from 'vitest'
import {
  corrected,
  experimentTerms,
  hasTerm,
  termFor,
  withTerm,
} from '../../../../../src/renderer/components/runs/query/edit-query.ts'
import { parseQuery } from '../../../../../src/renderer/components/runs/query/parse-query.ts'
import { aRun } from '../support/run.ts'

describe('termFor', () => {
  test.each(['plain', 'two words', 'a,b', '"quoted" \\ text', '<3', '=x', '-minus', 'key:value', ''])(
    'finds exactly %j',
    (value) => {
      const context = { nowMs: 0, progress: new Map(), settings: new Map() }
      const { terms, problems } = parseQuery(termFor('experiment', value))
      expect([terms.length, problems]).toEqual([1, []])
      expect(terms[0]!.matches(aRun({ experiment: value }), context)).toBe(true)
      expect(terms[0]!.matches(aRun({ experiment: `${value}2` }), context)).toBe(false)
    },
  )
})

test('experiments are named in a query, by their ids where they share a name', () => {
  const experiments = [
    { id: 'a1', name: 'toy' },
    { id: 'b2', name: 'toy' },
    { id: 'c3', name: 'two words' },
  ]
  expect([...experimentTerms(experiments)]).toEqual([
    ['a1', 'experiment:=a1'],
    ['b2', 'experiment:=b2'],
    ['c3', 'experiment:="two words"'],
  ])
})

describe('withTerm', () => {
  test.each([
    ['status:running seed:<3', 'status:failed', 'seed:<3 status:failed'],
    ['seed:<3', 'status:failed', 'seed:<3 status:failed'],
    ['status:running words', null, 'words'],
    ['-status:done status:running', null, ''],
  ])('%s', (text, term, expected) => expect(withTerm(text, 'status', term)).toBe(expected))
})

test('a term is matched as a whole only', () => {
  expect(hasTerm('seed:1 regime:mixed', 'regime:mixed')).toBe(true)
  expect(hasTerm('regime:mixed,joint', 'regime:mixed')).toBe(false)
})

test('a correction replaces only the mistake', () => {
  const text = 'seed:1 regime:joint,mixd done'
  expect(corrected(text, parseQuery(text).problems[0]!)).toBe('seed:1 regime:joint,mixed done')
})

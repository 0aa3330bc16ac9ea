import { describe, expect, test } from 'vitest'
import { suggestionsAt, type Known } from '../../../../../src/renderer/components/runs/query/suggestions.ts'

const values: Known['values'] = (key) =>
  ({
    regime: [
      { value: 'joint', count: 5 },
      { value: 'mixed', count: 3 },
      { value: 'mixed-gradual', count: 1 },
    ],
    experiment: [{ value: 'quick start', count: 2 }],
    'training.learningRate': [{ value: '0.001', count: 2 }],
  })[key] ?? []
const known: Known = {
  values,
  keys: () => [
    { key: 'val.exit0', path: 'val.exit0', meaning: 'accuracy (%) or MSE of exit 0 on validation samples' },
    { key: 'lr', path: 'training.learningRate', meaning: 'training.learningRate: 0.001' },
  ],
}

/** The query after each suggestion was taken; `|` is the caret. */
function taken(marked: string): string[] {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  return suggestionsAt(text, caret, known).map(
    ({ text: word, start, end }) => text.slice(0, start) + word + text.slice(end),
  )
}

describe('suggestions', () => {
  test('are keys that begin like the word', () => {
    expect(taken('seed:1 re|')).toEqual(['seed:1 regime:'])
    expect(taken('-st|')).toEqual(['-status:'])
  })

  test('are all keys where nothing is typed', () => {
    expect(suggestionsAt('seed:1 ', 7, known).length).toBeGreaterThan(10)
  })

  test('are values of the key, the nearest beginning first', () => {
    expect(taken('regime:|')).toEqual(['regime:joint', 'regime:mixed', 'regime:mixed-gradual'])
    expect(taken('regime:mix| seed:1')).toEqual(['regime:mixed seed:1', 'regime:mixed-gradual seed:1'])
    expect(taken('regime:int|')).toEqual(['regime:joint'])
  })

  test('complete the entry of a list at the caret', () => {
    expect(taken('regime:joint,mix|')).toEqual(['regime:joint,mixed', 'regime:joint,mixed-gradual'])
    expect(taken('regime:joi|,mixed')).toEqual(['regime:joint,mixed'])
  })

  test('give the number of runs with a value', () => {
    expect(suggestionsAt('regime:', 7, known).map(({ meaning }) => meaning)).toEqual(['5 runs', '3 runs', '1 run'])
  })

  test('quote values where necessary', () => expect(taken('experiment:qu|')).toEqual(['experiment:"quick start"']))

  test('show how numbers are compared', () => {
    expect(taken('val:|')).toEqual(['val:>70'])
    expect(taken('val:>8|')).toEqual([])
  })

  test('are settings by each of their names, and their values', () => {
    for (const typed of ['lr|', 'learn|', 'training.|', '-l|']) {
      expect(taken(typed).map((text) => text.replace('-', ''))).toEqual(['lr:'])
    }
    expect(taken('learningRate:|')).toEqual(['learningRate:0.001'])
    expect(suggestionsAt('lr:', 3, known)[0]!.meaning).toBe('2 runs')
    expect(taken('val.|')).toEqual(['val:', 'val.exit0:'])
  })

  test('correct an unknown key', () => expect(taken('sta|:done')).toEqual(['status:done']))

  test('are empty for a part of a name', () => expect(taken('quick-mixed|')).toEqual([]))
})

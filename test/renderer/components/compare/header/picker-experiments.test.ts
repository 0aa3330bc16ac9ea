import { describe, expect, it } from 'vitest'
import {
  pickerExperiments,
  withRuns,
} from '../../../../../src/renderer/components/compare/header/picker-experiments.ts'
import { summary } from '../runs.ts'

const runs = [
  summary('a1', 'old', { createdAt: 1, regime: 'joint', tags: ['paper'] }),
  summary('a2', 'old', { createdAt: 1, status: 'failed' }),
  summary('b1', 'new', { createdAt: 2, regime: 'mixed-gradual' }),
]

describe('experiments to choose from', () => {
  it('are listed newest first, with how much of them is done and chosen', () => {
    const found = pickerExperiments(runs, new Set(['a2', 'b1']), '')
    expect(found.map(({ id, done, chosen }) => [id, done, chosen])).toEqual([
      ['x-new', 1, 'all'],
      ['x-old', 1, 'some'],
    ])
    expect(pickerExperiments(runs, new Set(), '').map(({ chosen }) => chosen)).toEqual(['none', 'none'])
  })

  it('are distinguished by their times where they share a name', () => {
    const twins = ['c1', 'd1'].map((id, day) =>
      summary(id, 'twin', { experimentId: id, createdAt: new Date(2001, 0, 1 + day, 12).getTime() }),
    )
    const names = pickerExperiments([...runs, ...twins], new Set(), '').map(({ name }) => name)
    expect(names).toEqual(['twin (2 Jan 2001, 12:00)', 'twin (1 Jan 2001, 12:00)', 'new', 'old'])
  })

  it.each([
    ['OLD', ['x-old']],
    ['gradual', ['x-new']],
    ['old paper', ['x-old']],
    ['new paper', []],
  ])('are found by name, regime or tag: %s', (search, ids) => {
    expect(pickerExperiments(runs, new Set(), search).map(({ id }) => id)).toEqual(ids)
  })
})

describe('the selected runs', () => {
  it('can be extended and reduced, but never to none', () => {
    expect([...withRuns(new Set(['a1']), ['a2', 'b1'], true)]).toEqual(['a1', 'a2', 'b1'])
    expect([...withRuns(new Set(['a1', 'a2']), ['a1'], false)]).toEqual(['a2'])
    expect([...withRuns(new Set(['a1']), ['a1'], false)]).toEqual(['a1'])
  })
})

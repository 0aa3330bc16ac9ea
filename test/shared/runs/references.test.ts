import { describe, expect, test } from 'vitest'
import { meaningOf, type Referent } from '../../../src/shared/runs/references.ts'

const referent = (id: string, name: string, rest: Partial<Referent> = {}): Referent => ({
  kind: 'experiment',
  id,
  name,
  createdAt: 1,
  deleted: false,
  ...rest,
})
const meaning = (reference: string, ...referents: Referent[]) => {
  const { meant, older } = meaningOf(reference, referents)
  return [meant.map(({ id }) => id), older.map(({ id }) => id)]
}

describe('a reference means', () => {
  test('the run with that id, before one with that name, before one whose id begins so', () => {
    const [byId, byName, byBeginning] = [referent('abc', 'x'), referent('x1', 'abc'), referent('abcd', 'y')]
    expect(meaning('abc', byBeginning, byName, byId)).toEqual([['abc'], []])
    expect(meaning('abc', byBeginning, byName)).toEqual([['x1'], []])
    expect(meaning('abc', byBeginning)).toEqual([['abcd'], []])
    expect(meaning('ab', byId, byBeginning)).toEqual([['abc', 'abcd'], []])
    expect(meaning('z', byId)).toEqual([[], []])
  })

  test('the newest of several experiments or of several runs of that name, in whatever order they come', () => {
    for (const kind of ['experiment', 'run'] as const) {
      const [a, b, c] = [1, 3, 2].map((createdAt) => referent(`e${createdAt}`, 'toy', { kind, createdAt }))
      expect(meaning('toy', a!, b!, c!)).toEqual([['e3'], ['e2', 'e1']])
      expect(meaning('toy', c!, b!, a!)).toEqual([['e3'], ['e2', 'e1']])
    }
    expect(meaning('toy', referent('b', 'toy'), referent('a', 'toy'))).toEqual([['a'], ['b']])
  })

  test('a run and an experiment of that name alike, so that only an id decides', () => {
    expect(meaning('toy', referent('a', 'toy'), referent('b', 'toy', { kind: 'run' }))).toEqual([['a', 'b'], []])
  })

  test('a deleted one only where it is the only one', () => {
    const deleted = [1, 2].map((createdAt) => referent(`d${createdAt}`, 'toy', { createdAt, deleted: true }))
    expect(meaning('toy', referent('k', 'toy', { createdAt: 0 }), ...deleted)).toEqual([['k'], []])
    expect(meaning('toy', ...deleted)).toEqual([['d1', 'd2'], []])
    expect(meaning('toy', deleted[0]!)).toEqual([['d1'], []])
  })
})

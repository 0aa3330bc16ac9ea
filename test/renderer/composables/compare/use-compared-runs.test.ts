// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import {
  asIds,
  comparedRuns,
  referencesTo,
  sharedNames,
  withoutHidden,
} from '../../../../src/renderer/composables/compare/use-compared-runs.ts'
import { importedResult, summary } from '../../components/compare/runs.ts'

const runs = [
  summary('a1', 'old', { createdAt: 1 }),
  summary('a2', 'old', { createdAt: 1, status: 'running' }),
  summary('b1', 'new', { createdAt: 2 }),
  summary('c1', 'newest', { createdAt: 3, status: 'queued' }),
]

describe('the runs that are compared', () => {
  it('are those of an experiment or single ones, by id, name or the beginning of an id', () => {
    const ids = (...references: string[]) => comparedRuns(references, runs).done.map(({ id }) => id)
    expect(ids('x-old')).toEqual(['a1'])
    expect(ids('old', 'b1')).toEqual(['a1', 'b1'])
    expect(ids('old, a1')).toEqual(['a1'])
    expect(ids('x-o')).toEqual(['a1'])
    expect(ids('a1', 'x-old')).toEqual(['a1'])
  })

  it('are those of the newest experiment of a name that several share', () => {
    const again = summary('b2', 'old', { experimentId: 'x-again', createdAt: 4 })
    const ids = (reference: string) => comparedRuns([reference], [...runs, again]).done.map(({ id }) => id)
    expect(ids('old')).toEqual(['b2'])
    expect(ids('x-old')).toEqual(['a1'])
  })

  it('are separated from those without a result, and from names that match nothing', () => {
    const { waiting, unknown } = comparedRuns(['x-old', 'gone', 'x-'], runs)
    expect(waiting.map(({ id }) => id)).toEqual(['a2'])
    expect(unknown).toEqual(['gone', 'x-'])
  })

  it('are named by their experiment where all of it is chosen', () => {
    expect(referencesTo(new Set(['a1', 'a2', 'b1']), runs)).toEqual(['x-old', 'x-new'])
    expect(referencesTo(new Set(['a2']), runs)).toEqual(['a2'])
  })

  it('leave out hidden series, unless none would remain', () => {
    const compared = comparedRuns(['x-old', 'b1'], runs)
    const ids = (hidden: string[]) => withoutHidden(compared, hidden).done.map(({ id }) => id)
    expect(ids(['a1', 'gone'])).toEqual(['b1'])
    expect(ids(['a1', 'b1'])).toEqual(['a1', 'b1'])
    expect(withoutHidden(compared, ['a2'])).toMatchObject({ waiting: [] })
  })

  it('are named by ids where a name may come to mean a newer run, with its other meanings', () => {
    const older = summary('d0', 'old', { createdAt: 0, experimentId: 'x-older' })
    expect(asIds(['old', 'b1', 'gone'], [...runs, older])).toEqual(['x-old', 'b1', 'gone'])
    const meant = { id: 'x-old', createdAt: 1 }
    const shared = { reference: 'old', kind: 'experiment', meant, older: [{ id: 'x-older', createdAt: 0 }] }
    expect(sharedNames(['old', 'x-older', 'new'], [...runs, older])).toEqual([shared])
  })
})

describe('imported results that are compared', () => {
  const imports = [importedResult(), importedResult({ id: 'i2', name: 'log', experiment: 'new' })]

  it('are chosen by id or name, or come with their experiment', () => {
    const found = (...references: string[]) => comparedRuns(references, runs, imports).imports.map(({ id }) => id)
    expect(found('i1')).toEqual(['i1'])
    expect(found('sdn', 'a1')).toEqual(['i1'])
    expect(found('b1')).toEqual(['i2'])
    expect(found('new', 'i1')).toEqual(['i1', 'i2'])
    expect(found('old')).toEqual([])
    expect(comparedRuns(['sdn', 'gone'], runs, imports).unknown).toEqual(['gone'])
  })
})

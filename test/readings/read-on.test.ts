import { describe, expect, it } from 'vitest'
import { readOnSentences } from '../../src/shared/read-on.ts'
import { fullSweep, madeRuns, read } from './made-sweep.ts'

const sweep = madeRuns(fullSweep)
const regimes = madeRuns([
  { regime: 'joint', settings: {}, values: [50, 51] },
  { regime: 'mixed', settings: {}, values: [60, 61] },
])

describe('the samples that a comparison is read on', () => {
  it('are validation samples of a sweep, from which one series is chosen', () => {
    for (const [index, run] of read(sweep).entries())
      expect(run).toMatchObject({ readOn: 'validation', test: sweep[index]!.validation })
  })

  it('are test samples of regimes that differ in nothing else, and of one series of each regime of a sweep', () => {
    expect(read(regimes)).toEqual(regimes)
    const chosen = sweep.filter(({ series }) => series.endsWith('head conv, learning rate 0.01'))
    expect(new Set(chosen.map(({ series }) => series)).size).toBe(2)
    expect(read(chosen)).toEqual(chosen)
  })

  it('may be validation samples of anything', () => {
    expect(read(regimes, 'validation')[0]).toMatchObject({ readOn: 'validation', test: regimes[0]!.validation })
  })

  it('are test samples of a sweep once these are opened, and are refused before', () => {
    expect(() => read(sweep, 'test')).toThrow('The test values of sweep are closed')
    const opened = madeRuns(fullSweep, { testOpenedAt: Date.UTC(2026, 1, 3) })
    expect(read(opened)).toEqual(opened)
    expect(read(opened, 'test')).toEqual(opened)
    expect(readOnSentences(opened[0]!)).toEqual([expect.stringContaining('were opened on 2026-02-03')])
    expect(readOnSentences({ readOn: 'validation', testOpenedAt: 1 })).toEqual([])
    expect(readOnSentences({})).toEqual([])
  })

  it('are those that imported results were measured on', () => {
    const imported = {
      ...regimes[0]!,
      imported: { format: 'csv', reading: 'curve', split: 'test', sharesOnly: false },
    } as const
    expect(read([...sweep, imported]).at(-1)).toEqual(imported)
  })
})

import { describe, expect, it } from 'vitest'
import { sharedOf } from '../../src/engine/evaluation/evaluation-summary.ts'
import { readOnSentences } from '../../src/shared/evaluation/read-on.ts'
import { readings } from '../../src/readings/index.ts'
import { fullSweep, madeRuns, madeSweep, read } from './made-sweep.ts'

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

  it('are said in the captions of tables and figures where test values were opened', async () => {
    const sources = madeSweep(fullSweep, { testOpenedAt: Date.UTC(2026, 1, 3) })
    for (const name of ['variance-shares', 'settings-heatmap', 'parallel-coordinates', 'curve', 'budgets']) {
      const reading = readings.get(name)
      const question = reading.parse({})
      const answer = await reading.compute(sources, question)
      const said = expect.stringContaining('were opened on 2026-02-03') as string
      const { caption, legend = [] } = await reading.table(answer, question)
      if (name !== 'curve') expect([caption, ...legend].join(' '), name).toEqual(said)
      if (reading.hasFigure) expect((await reading.figure(answer, question)).sentence, name).toEqual(said)
    }
  })

  it('are said where one of several experiments is a sweep whose test values were opened', () => {
    const opened = madeRuns(fullSweep, { testOpenedAt: 1 })
    expect(sharedOf([...regimes, ...opened])).toEqual({ testOpenedAt: 1 })
    expect(sharedOf(regimes)).toEqual({})
  })

  it('are those that imported results were measured on', () => {
    const imported = {
      ...regimes[0]!,
      imported: { format: 'csv', reading: 'curve', split: 'test', sharesOnly: false },
    } as const
    expect(read([...sweep, imported]).at(-1)).toEqual(imported)
  })
})

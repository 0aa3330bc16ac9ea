import { describe, expect, it } from 'vitest'
import { compute } from '../../../src/readings/parallel-coordinates/compute.ts'
import { figure, parallelOption } from '../../../src/readings/parallel-coordinates/figure.ts'
import { parallelCoordinates } from '../../../src/readings/parallel-coordinates/index.ts'
import { table } from '../../../src/readings/parallel-coordinates/table.ts'
import { fullSweep, madeRuns, madeSweep } from '../made-sweep.ts'

const ask = (question: object = {}) => compute(madeSweep(fullSweep), parallelCoordinates.question.parse(question))

describe('all settings', () => {
  it('are of every series, the best on validation samples first', async () => {
    const { readOn, factors, series } = await ask()
    expect(readOn).toBe('validation')
    expect(factors.map(({ name, levels }) => [name, levels])).toEqual([
      ['regime', ['joint', 'mixed']],
      ['learning rate', ['0.001', '0.01', '0.1']],
      ['head', ['pooled', 'conv']],
    ])
    expect(series).toHaveLength(12)
    expect(series[0]).toMatchObject({ regime: 'mixed', levels: [1, 1, 1], seeds: [1, 2, 3], values: [79.5, 80, 80.5] })
    expect(series.at(-1)!.values).toEqual([49.5, 50, 50.5])
  })

  it('are refused, with the reason, where no series has a threshold within the budget', async () => {
    await expect(ask({ budgets: [0.39] })).rejects.toThrow(
      'No series has a threshold within 39\u202f% of the backbone’s cost. Choose a larger budget.',
    )
  })

  it('are of one experiment', async () => {
    const runs = [...madeRuns(fullSweep), ...madeRuns(fullSweep, { experiment: 'other' })]
    const sources = { ...madeSweep(fullSweep), runs: () => Promise.resolve(runs) }
    await expect(compute(sources, parallelCoordinates.question.parse({}))).rejects.toThrow('these runs are of 2')
  })

  it('stand in columns of their own', async () => {
    const { columns, blocks } = table(await ask())
    expect(columns.map(({ title }) => title)).toEqual(['Regime', 'Learning rate', 'Head', 'Validation accuracy (%)'])
    expect(blocks[0]!.rows[0]!.cells.map((cell) => cell!.printed.text)).toEqual(['mixed', '0.01', 'conv', '80.00'])
  })

  it('are not drawn of series that do not differ in a setting, of which reports say nothing', async () => {
    const answer = await ask()
    const one = { ...answer, factors: [], series: [{ ...answer.series[0]!, levels: [] }] }
    expect(() => figure(one)).toThrow(
      expect.objectContaining({
        message: 'There is nothing to draw: these series do not differ in a setting.',
        fields: { inapplicable: true },
      }),
    )
    expect(table(one).blocks[0]!.rows).toHaveLength(1)
  })

  it('are drawn as a line for each series through its values, the best in front', async () => {
    const answer = await ask()
    const { graphic } = parallelOption(answer, { width: 500, height: 300, theme: 'light' })
    const lines = (graphic as { type: string; shape: { points: number[][] }; style: { lineWidth: number } }[]).filter(
      ({ type }) => type === 'polyline',
    )
    expect(lines).toHaveLength(12)
    expect(lines.map(({ style }) => style.lineWidth > 2)).toEqual([true, ...Array<boolean>(11).fill(false)])
    expect(lines[0]!.shape.points).toHaveLength(4)
    const ends = lines.map(({ shape }) => shape.points.at(-1)![1]!)
    expect(ends).toEqual(ends.toSorted((a, b) => a - b))
    expect(figure(answer).sentence).toContain('of 12 series by regime, learning rate, head: best 80.00')
  })
})

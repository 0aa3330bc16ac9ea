import { describe, expect, it } from 'vitest'
import { compute } from '../../../src/readings/settings-heatmap/compute.ts'
import { figure } from '../../../src/readings/settings-heatmap/figure.ts'
import { settingsHeatmap } from '../../../src/readings/settings-heatmap/index.ts'
import { table } from '../../../src/readings/settings-heatmap/table.ts'
import { meanStd } from '../../../src/shared/statistics/statistics.ts'
import { fullSweep, madeSweep } from '../made-sweep.ts'

const [rate, head] = ['training.learningRate', 'network.head']
const ask = (question: object = {}, series = fullSweep) =>
  compute(madeSweep(series), settingsHeatmap.question.parse(question))

describe('two settings', () => {
  it('are the regime and the setting with the most values unless others are asked for', async () => {
    const { rows, columns } = await ask()
    expect([rows.path, columns.path]).toEqual(['regime', rate])
    expect(columns.levels).toEqual(['0.001', '0.01', '0.1'])
    const other = await ask({ rows: head, columns: 'regime' })
    expect([other.rows.levels, other.columns.levels]).toEqual([
      ['pooled', 'conv'],
      ['joint', 'mixed'],
    ])
  })

  it('have in each cell the mean over the seeds of all series that have both values', async () => {
    const { cells, best } = await ask()
    // mixed, 0.01: pooled 74, conv 80, each with seeds half a point below and above.
    expect(cells[1]![1]).toEqual({
      ...meanStd([73.5, 74, 74.5, 79.5, 80, 80.5]),
      seriesCount: 2,
      series: ['mixed · head pooled, learning rate 0.01', 'mixed · head conv, learning rate 0.01'],
    })
    expect(best).toEqual([1, 1])
  })

  it('leave a cell empty that no series has', async () => {
    const { cells } = await ask(
      { rows: 'regime', columns: head },
      fullSweep.filter(({ regime, settings }) => regime === 'joint' || settings[head] === 'pooled'),
    )
    expect(cells[1]![1]).toBeNull()
  })

  it('are tabulated and drawn with the best marked', async () => {
    const answer = await ask()
    const made = table(answer)
    expect(made.caption).toContain(
      'Validation accuracy at 50\u202f% (%), regime by learning rate of sweep: mean over head and seeds',
    )
    expect(made.blocks[0]!.rows.map(({ cells }) => cells.map((cell) => cell!.printed.bold))).toEqual([
      [false, false, false],
      [false, true, false],
    ])
    expect(figure(answer).sentence).toContain('best 77.00 with regime mixed and learning rate 0.01')
  })

  it('say where cells are not of the same other settings', async () => {
    const whole = await ask({ rows: 'regime', columns: rate })
    expect(figure(whole).sentence).toContain('mean over head and seeds: best')
    const answer = await ask({ rows: 'regime', columns: rate }, fullSweep.slice(1))
    const words = 'mean over head and seeds, of 1 to 2 series, as some combinations are missing'
    expect(figure(answer).sentence).toContain(words)
    expect(table(answer).caption).toContain(words)
  })

  it('are refused, with the reason, where no series keeps the budget', async () => {
    await expect(ask({ budgets: [0.3] })).rejects.toThrow(
      'No series has a threshold within 30\u202f% of the backbone’s cost. Choose a larger budget.',
    )
  })

  it('must differ, and be settings in which the series do', async () => {
    await expect(ask({ rows: head, columns: head })).rejects.toThrow(`which are: regime, ${rate}, ${head}`)
    await expect(ask({ rows: 'training.epochs' })).rejects.toThrow('two different settings')
  })
})

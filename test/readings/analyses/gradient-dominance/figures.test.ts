import { describe, expect, it, test } from 'vitest'
import type { EpochDominance } from '../../../../src/shared/evaluation/dominance.ts'
import {
  blocksHeatMap,
  dominanceBlocksSentence,
} from '../../../../src/readings/analyses/gradient-dominance/figure/blocks.ts'
import { cosineScale, cosineText } from '../../../../src/readings/analyses/gradient-dominance/figure/data.ts'
import type { DominanceData } from '../../../../src/readings/analyses/gradient-dominance/figure/data.ts'
import {
  dominanceCurves,
  dominanceLinesOption,
  dominanceLinesSentence,
} from '../../../../src/readings/analyses/gradient-dominance/figure/lines.ts'
import {
  dominanceHeatMap,
  dominanceMapSentence,
} from '../../../../src/readings/analyses/gradient-dominance/figure/map.ts'
import { blockDominanceTable } from '../../../../src/renderer/panels/gradient-dominance/dominance-tables.ts'
import type { HeatMapAxis } from '../../../../src/figures/heat-map-layout.ts'

/** Four exits, of which the first is not in the loss, behind two blocks. */
function measured(epoch: number, cosines: (number | null)[]): EpochDominance {
  return { epoch, batches: 8, exits: [null, ...cosines], blocks: [null, ...cosines].map((cosine) => [cosine, null]) }
}
const data: DominanceData = {
  phase: 'phase 2 of 2: all exits',
  keptEpoch: 2,
  exitCount: 4,
  epochs: [measured(1, [0.52, 0.31, -0.24]), measured(2, [0.6, null, 0.1]), measured(3, [0.64, 0.4, 0.71])],
}

describe('the map', () => {
  it('has a row for each exit that was measured and a column for each epoch', () => {
    const { rows, values, columns, low, high } = dominanceHeatMap(data, 500)
    expect(rows).toEqual(['exit 1', 'exit 2', 'final'])
    expect(values).toEqual([
      [0.52, 0.6, 0.64],
      [0.31, null, 0.4],
      [-0.24, 0.1, 0.71],
    ])
    expect([low, high]).toEqual([-0.8, 0.8])
    const axis = columns as HeatMapAxis
    expect([axis.values, axis.low, axis.high]).toEqual([[1, 2, 3], 0.5, 3.5])
    expect(axis.ticks.map(({ text }) => text)).toEqual(['1', '3', 'kept: 2'])
  })

  it('does not name the kept epoch if that epoch is not shown', () => {
    const ticks = (keptEpoch: number | null) => {
      const { columns } = dominanceHeatMap({ ...data, keptEpoch }, 500)
      return (columns as HeatMapAxis).ticks.map(({ text }) => text)
    }
    expect(ticks(null)).toEqual(['1', '2', '3'])
    expect(ticks(9)).toEqual(['1', '2', '3'])
  })

  it('draws one epoch alone', () => {
    const { columns, low, high } = dominanceHeatMap(
      { ...data, keptEpoch: null, epochs: [measured(4, [0.5, 0.5, 0.5])] },
      500,
    )
    expect(columns).toMatchObject({ low: 3.5, high: 4.5, ticks: [{ text: '4' }] })
    expect([low, high]).toEqual([0.5, 0.6])
  })

  it('describes the last epoch in words, with the dominant exit', () => {
    expect(dominanceMapSentence(data)).toBe(
      'Gradient dominance by epoch (phase 2 of 2: all exits), after epoch 3: exit 1 0.64, exit 2 0.40, final 0.71. ' +
        'The gradient of final is the most similar to the total gradient.',
    )
  })
})

describe('the lines', () => {
  it('leave out epochs without a value', () => {
    const { exits, keptEpoch } = dominanceCurves(data)
    expect(exits.map(({ label, points }) => [label, points.map(({ epoch }) => epoch)])).toEqual([
      ['exit 1', [1, 2, 3]],
      ['exit 2', [1, 3]],
      ['final', [1, 2, 3]],
    ])
    expect(keptEpoch).toBe(2)
  })

  it('have axis and names with true minus signs', () => {
    const falling = { ...data, epochs: [measured(1, [0.5, 0.4, 0.1]), measured(2, [0.5, 0.4, -0.25])] }
    const option = dominanceLinesOption(falling, { width: 500, height: 240, theme: 'light' })
    const texts = JSON.stringify(option.graphic)
    expect(texts).toContain('final −0.25')
    expect(texts).toContain('Cosine with the total gradient')
    const { formatter } = (option.yAxis as { axisLabel: { formatter: (tick: number) => string } }).axisLabel
    expect(formatter(-0.2)).toBe('−0.2')
    expect(dominanceLinesSentence(falling)).toContain('after epoch 2: exit 1 0.50, exit 2 0.40, final −0.25.')
  })
})

describe('the blocks', () => {
  const dominance = {
    exits: [0.5, 0.25, 0.9],
    blocks: [
      [0.7, null],
      [0.1, 0.2],
      [0.6, 0.99],
    ],
  }
  const figure = { place: 'epoch 7', exitCount: 3, dominance }

  it('have a column each, and one for the whole backbone with its spread', () => {
    const map = blocksHeatMap({ ...figure, spread: [0.05, null, 0.004] })
    expect(map.rows).toEqual(['exit 0', 'exit 1', 'final'])
    expect(map.columns).toEqual([{ label: 'block 0' }, { label: 'block 1' }, { label: 'all' }])
    expect(map.values).toEqual([
      [0.7, null, 0.5],
      [0.1, 0.2, 0.25],
      [0.6, 0.99, 0.9],
    ])
    expect(map.texts!.map((row) => row[2])).toEqual(['0.50 ± 0.05', '0.25', '0.90 ± 0.00'])
    expect(map.strong).toEqual({ columns: [2] })
  })

  it('are numbered where their names have no room', () => {
    expect(blocksHeatMap(figure, 240).columns).toEqual([{ label: '0' }, { label: '1' }, { label: 'all' }])
    expect(blocksHeatMap(figure, 300).columns).toContainEqual({ label: 'block 0' })
  })

  it('describe in words which exit dominates which', () => {
    expect(dominanceBlocksSentence(figure)).toBe(
      'Gradient dominance (epoch 7), over the whole backbone: exit 0 0.50, exit 1 0.25, final 0.90. ' +
        'Closest to the total gradient: block 0 exit 0, block 1 final.',
    )
  })
})

test('a scale of cosines ends at 1, where all of them are 1 too', () => {
  expect(cosineScale([1, 1, null])).toMatchObject({ low: 0.9, high: 1 })
})

test.each([
  [0.456, '0.46'],
  [-0.25, '−0.25'],
  [-0.001, '0.00'],
])('%d is written %s', (value, text) => {
  expect(cosineText(value)).toBe(text)
})

test.each([
  [[0.31, 0.79], { low: 0.3, high: 0.8 }],
  [[0.3, 0.8], { low: 0.3, high: 0.8 }],
  [[-0.01, null, 1], { low: -1, high: 1 }],
  [[-0.42, 0.1], { low: -0.5, high: 0.5 }],
  [[0.4], { low: 0.4, high: 0.5 }],
])('the scale of %j is in tenths', (values, expected) => {
  const { low, high } = cosineScale(values)
  expect(low).toBeCloseTo(expected.low, 12)
  expect(high).toBeCloseTo(expected.high, 12)
})

describe('where no exit has a gradient, as in a network whose units are all dead', () => {
  const dead = { ...data, epochs: [measured(1, [0.5, 0.4, 0.3]), measured(2, [null, null, null])] }
  const alone = { place: 'epoch 2', exitCount: 4, dominance: measured(2, [null, null, null]) }

  it('the map and the lines keep the epochs before', () => {
    expect(dominanceHeatMap(dead, 500).values[0]).toEqual([0.5, null])
    expect(dominanceMapSentence(dead)).toBe(
      'Gradient dominance by epoch (phase 2 of 2: all exits), after epoch 2: no exit has a gradient.',
    )
    expect(dominanceLinesSentence(dead)).toContain('after epoch 1: exit 1 0.50')
  })

  it('a figure of nothing else has all exits, without values', () => {
    const only = { ...data, epochs: [measured(2, [null, null, null])] }
    expect(dominanceHeatMap(only, 500).values).toEqual([[null], [null], [null], [null]])
    expect(dominanceLinesSentence(only)).toContain('no epoch is complete yet')
    expect(() => dominanceLinesOption(only, { width: 500, height: 300, theme: 'light' })).not.toThrow()
  })

  it('the blocks, their table and their sentence say so', () => {
    expect(blocksHeatMap(alone).rows).toEqual(['exit 0', 'exit 1', 'exit 2', 'final'])
    expect(blockDominanceTable(alone).blocks[0]!.rows).toHaveLength(4)
    expect(dominanceBlocksSentence(alone)).toBe('Gradient dominance (epoch 2): no exit has a gradient.')
  })
})

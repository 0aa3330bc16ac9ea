import type { SeriesOption } from 'echarts'
import { describe, expect, it } from 'vitest'
import {
  predictedValuesNote,
  predictedValuesOption,
  predictedValuesSentence,
} from '../../../src/readings/predicted-values/figure.ts'

const exits = [
  { exit: 0, block: 1, mse: 0.75, bias: 0.25, pearson: 0.5, spearman: 0.4 },
  { exit: 1, block: null, mse: 0.5, bias: -0.125, pearson: null, spearman: null },
]
const data = { exit: 0, exits, sampleCount: 3, every: 1, values: [0.2, 3, 4.9], predictions: [1, 2.5, 5.6], note: 'n' }
const frame = { width: 400, height: 300, theme: 'light' } as const

describe('the figure of predicted against true values', () => {
  const { series, xAxis, yAxis } = predictedValuesOption(data, frame)
  const [diagonal, dots] = series as SeriesOption[]

  it('has a dot for each sample, and the diagonal over the whole of two equal axes', () => {
    expect(dots).toMatchObject({
      type: 'scatter',
      data: [
        [0.2, 1],
        [3, 2.5],
        [4.9, 5.6],
      ],
    })
    expect(xAxis).toMatchObject({ min: 0, max: 6 })
    expect(yAxis).toMatchObject({ min: 0, max: 6 })
    expect(diagonal!.data).toEqual([
      [0, 0],
      [6, 6],
    ])
  })

  it('says in words how good the exit is, and which samples it has', () => {
    expect(predictedValuesSentence(data)).toBe(
      'Predicted against true values of exit 0: MSE 0.7500, correlation 0.500; on average 0.2500 above the true value.',
    )
    expect(predictedValuesSentence({ ...data, exit: 1 })).toContain(
      'of final: MSE 0.5000, no correlation, as one of them is constant; on average 0.1250 below',
    )
    const about = { subject: 'mixed, sts · seed 1', split: 'test' }
    expect(predictedValuesNote({ every: 3, sampleCount: 5000 }, about)).toBe(
      'mixed, sts · seed 1 · 5,000 test samples · one of 3 drawn',
    )
  })
})

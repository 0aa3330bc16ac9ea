import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { predictedValuesOf } from '../../../src/engine/evaluation/predicted-values.ts'
import { madeOutputs, outputsOf } from '../../readings/largest-errors/made-outputs.ts'

describe('predicted against true values', () => {
  it('has the values and predictions of one exit, and error, bias and correlations of each', () => {
    const found = predictedValuesOf(madeOutputs, { exit: 1, exitBlocks: [2, null] })
    expect(found).toMatchObject({ exit: 1, sampleCount: 4, every: 1, values: [1, 4, 3, 5] })
    expect(found.predictions).toEqual([1.5, 4.5, 1, 5])
    expect(found.exits.map(({ exit, block, mse, bias }) => [exit, block, mse, bias])).toEqual([
      [0, 2, (1 + 9 + 0 + 4) / 4, 0],
      [1, null, (0.25 + 0.25 + 4 + 0) / 4, -0.25],
    ])
  })

  it('has the metrics that SciPy finds', () => {
    const { predictions, values, metrics } = JSON.parse(
      readFileSync(new URL('fixtures/regression.json', import.meta.url), 'utf8'),
    ) as { predictions: number[][]; values: number[]; metrics: { mse: number; pearson: number; spearman: number }[] }
    const { exits } = predictedValuesOf(outputsOf(predictions, values), { exit: 0, exitBlocks: [0, 1, null] })
    exits.forEach((exit, index) => {
      for (const key of ['mse', 'pearson', 'spearman'] as const) expect(exit[key]).toBeCloseTo(metrics[index]![key], 12)
    })
  })

  it('draws every n-th sample where there are many, and measures all of them', () => {
    const values = Array.from({ length: 5001 }, (_, sample) => sample)
    const {
      every,
      values: shown,
      predictions,
      exits,
    } = predictedValuesOf(outputsOf([values.map((value) => value + (value % 3 === 0 ? 3 : 0))], values), {
      exit: 0,
      exitBlocks: [null],
    })
    expect([every, shown.length, shown[1], predictions[1]]).toEqual([3, 1667, 3, 6])
    expect(exits[0]!.bias).toBeCloseTo((1667 * 3) / 5001, 12)
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { predictedValuesOf, valueSamplesOf } from '../../../src/engine/evaluation/value-samples.ts'

const outputs = (predictions: number[][], values: number[]) => ({
  exitCount: predictions.length,
  sampleCount: values.length,
  logits: Float32Array.from(predictions.flat()),
  targets: Float32Array.from(values),
})

/** Two exits, four samples: errors of exit 0 are 1, −3, 0, 2, of the final one 0.5, 0.5, −2, 0. */
const made = outputs(
  [
    [2, 1, 3, 7],
    [1.5, 4.5, 1, 5],
  ],
  [1, 4, 3, 5],
)

describe('samples of a regression', () => {
  const page = { offset: 0, limit: 10 }
  const of = (exit: number | null, leaves = [0, 1, 0, 1]) =>
    valueSamplesOf(made, Int32Array.from(leaves), { ...page, exit }).samples.map(({ sample, error }) => [sample, error])

  it('stand with the largest error of an exit first, equal ones in the order of the split', () => {
    expect(of(0)).toEqual([
      [1, -3],
      [3, 2],
      [0, 1],
      [2, 0],
    ])
    expect(of(1)).toEqual([
      [2, -2],
      [0, 0.5],
      [1, 0.5],
      [3, 0],
    ])
  })

  it('stand by the error at the exit where each leaves', () => {
    expect(of(null)).toEqual([
      [0, 1],
      [1, 0.5],
      [2, 0],
      [3, 0],
    ])
  })

  it('come page by page, with the prediction of every exit, where samples leave, and the range of all numbers', () => {
    const found = valueSamplesOf(made, Int32Array.of(0, 1, 0, 1), { exit: 0, offset: 1, limit: 1 })
    expect(found).toEqual({
      sampleCount: 4,
      leaving: [2, 2],
      range: [1, 7],
      samples: [{ sample: 3, value: 5, leaves: 1, predictions: [7, 5], error: 2 }],
    })
    const wide = valueSamplesOf(outputs([[3, 4]], [-2, 9]), Int32Array.of(0, 0), { exit: 0, ...page })
    expect(wide.range).toEqual([-2, 9])
  })
})

describe('predicted against true values', () => {
  it('has the values and predictions of one exit, and error, bias and correlations of each', () => {
    const found = predictedValuesOf(made, { exit: 1, exitBlocks: [2, null] })
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
    const { exits } = predictedValuesOf(outputs(predictions, values), { exit: 0, exitBlocks: [0, 1, null] })
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
    } = predictedValuesOf(outputs([values.map((value) => value + (value % 3 === 0 ? 3 : 0))], values), {
      exit: 0,
      exitBlocks: [null],
    })
    expect([every, shown.length, shown[1], predictions[1]]).toEqual([3, 1667, 3, 6])
    expect(exits[0]!.bias).toBeCloseTo((1667 * 3) / 5001, 12)
  })
})

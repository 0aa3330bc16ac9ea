import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { budgetsOf } from '../../../src/readings/budgets/compute.ts'
import { pearson, ranks, spearman } from '../../../src/engine/evaluation/correlation.ts'
import { exitsOf } from '../../../src/readings/exits/compute.ts'
import { optimismOf } from '../../../src/readings/optimism/compute.ts'
import { differencesOf } from '../../../src/readings/differences/compute.ts'
import { scoreExits } from '../../../src/engine/evaluation/scored-exits.ts'
import { whatIfOverSeeds } from '../../../src/readings/what-if/compute/over-seeds.ts'
import { exitRules } from '../../../src/engine/exits/index.ts'
import type { ExitOutputs } from '../../../src/shared/evaluation/evaluation.ts'
import { summary } from './summarised.ts'

interface Fixture {
  exitMacs: number[]
  values: number[]
  predictions: number[][]
  metrics: { mse: number; pearson: number; spearman: number }[]
  /** [thresholds][MSE, mean cost] */
  difference: [number, number][]
}
/** Made by make_regression.py. */
const fixture = JSON.parse(readFileSync(new URL('fixtures/regression.json', import.meta.url), 'utf8')) as Fixture

const outputsOf = (predictions: number[][], values: number[]): ExitOutputs => ({
  exitCount: predictions.length,
  sampleCount: values.length,
  classCount: 1,
  logits: Float32Array.from(predictions.flat()),
  targets: Float32Array.from(values),
})
const { exitMacs: exitCosts } = fixture
const identity = { experiment: 'made up', task: 'regression', exitCosts, exitBlocks: [0, 1, null] } as const
const outputs = outputsOf(fixture.predictions, fixture.values)

/** A run whose predictions are those of the fixture, moved by `shift` from the values. */
function run(regime: 'joint' | 'mixed', seed: number, shift = 0) {
  const moved = outputsOf(fixture.predictions.map((row) => row.map((prediction) => prediction + shift)), fixture.values) // prettier-ignore
  const about = { ...identity, id: `${regime}-${seed}`, regime, series: regime, seed, backboneCost: 1000 }
  return { ...about, validation: outputs, test: moved }
}
const under = (rule: string, ...of: Parameters<typeof run>) => summary(run(...of), rule)
const asStatic = (...of: Parameters<typeof run>) => under('static', ...of)

describe('correlations', () => {
  it('equal SciPy on every exit, ties included', () => {
    fixture.predictions.forEach((row, exit) => {
      expect(pearson(row, fixture.values)).toBeCloseTo(fixture.metrics[exit]!.pearson, 12)
      expect(spearman(row, fixture.values)).toBeCloseTo(fixture.metrics[exit]!.spearman, 12)
    })
  })

  it('give equal values their mean rank', () => {
    expect([...ranks([3, 1, 3, 2, 3])]).toEqual([4, 1, 4, 2, 4])
  })

  it('are undefined for a constant, and exact for a line', () => {
    const constant = new Float32Array(7).fill(0.1)
    const line = Float32Array.from({ length: 7 }, (_, x) => 3 - 0.25 * x)
    expect([pearson(constant, line), spearman(line, constant)]).toEqual([null, null])
    expect([
      pearson(
        line,
        line.map((y) => -y),
      ),
      spearman(line, line),
    ]).toEqual([-1, 1])
  })
})

describe('a regression', () => {
  it('has, with static exits, a curve with one point for each exit', async () => {
    const { curve, exitValues, overthinking } = (await asStatic('joint', 1)).test
    expect([...curve.costs]).toEqual(exitCosts)
    expect([...curve.values]).toEqual(fixture.metrics.map(({ mse }) => expect.closeTo(mse, 12) as number))
    expect([exitValues, overthinking]).toEqual([[...curve.values], null])
  })

  it('has, under the difference rule, the curve that NumPy reads', async () => {
    const { curve } = (await under('difference', 'joint', 1)).test
    fixture.difference.forEach(([mse, cost], threshold) => {
      expect(curve.values[threshold]).toBeCloseTo(mse, 12)
      expect(curve.costs[threshold]).toBeCloseTo(cost, 9)
    })
  })

  it('is read at a budget by the exit within it that is best on validation, with the value on test', async () => {
    // Exit 1 is the worst on validation and the best on test, so that choosing on test would take it.
    const errors = (...each: number[]) => outputsOf(each.map((error) => [1 + error, 1 - error]), [1, 1]) // prettier-ignore
    const read = async (seed: number, validation: number[], test: number[]) =>
      summary({ ...run('joint', seed), validation: errors(...validation), test: errors(...test) }, 'static')
    const two = [await read(1, [1, 3, 2], [1.5, 0.5, 4]), await read(2, [2, 3, 1], [2.5, 0.25, 5])]
    const cells = (protocol: 'validation' | 'paper', seedReading: 'averaged' | 'per-seed', runs = two) =>
      budgetsOf(runs, { budgets: [0.1, 0.25, 0.75, null], protocol, seedReading }).rows[0]!.cells.map((cell) => cell && [cell.mean, cell.cost]) // prettier-ignore
    // Validation means of the squared errors: 2.5, 9, 2.5; the cheaper of equals is read: (1.5² + 2.5²) / 2.
    const first = [4.25, 200]
    expect(cells('validation', 'averaged')).toEqual([null, first, first, first])
    expect(cells('paper', 'averaged')).toEqual([null, first, first, first])
    // Alone, seed 2 takes the final exit where it is affordable: (1.5² + 5²) / 2.
    expect(cells('validation', 'per-seed')).toEqual([null, first, first, [13.625, 600]])
    expect(optimismOf(two, { budgets: [0.75, null], seedReading: 'per-seed' }).rows[0]!.gaps.map((gap) => gap!.mean)).toEqual([0, 0]) // prettier-ignore
    const mark = { format: 'csv', reading: 'exits', split: 'test', sharesOnly: false } as const
    const imported = two.map((each) => ({ ...each, imported: mark, validation: each.test }))
    // What was imported has no validation values to choose by.
    expect(cells('validation', 'averaged', imported)[2]).toEqual([(0.5 ** 2 + 0.25 ** 2) / 2, 600])
  })

  it('is read at budgets by the step rule where deeper exits are better, its best value the lowest', async () => {
    const [mean, better] = [await asStatic('joint', 1, 1), await asStatic('mixed', 1)]
    const { task, rule, rows } = budgetsOf([mean, better], {
      budgets: [0.1, 0.5, 0.7, null],
      protocol: 'validation',
      seedReading: 'averaged',
    })
    expect([task, rule]).toEqual(['regression', 'static'])
    const [first, second, last] = fixture.metrics.map(({ mse }) => expect.closeTo(mse, 10) as number)
    expect(rows[1]!.cells.map((cell) => cell && cell.mean)).toEqual([null, first, second, last])
    expect(rows[1]!.cells.map((cell) => cell && cell.cost)).toEqual([null, 200, 600, 1000])
  })

  it('has differences, exits and what-if in the unit of the metric; a lower error on test is a gain', async () => {
    const runs = [await asStatic('joint', 1, 1), await asStatic('mixed', 1)]
    const bias = fixture.predictions[2]!.reduce((sum, each, i) => sum + each - fixture.values[i]!, 0) / 40
    const differences = differencesOf(runs, { budgets: [null], protocol: 'paper', seedReading: 'averaged' })
    const pairs = [{ difference: expect.closeTo(1 + 2 * bias, 10) }]
    expect(differences).toMatchObject({ task: 'regression', atBudgets: [{ pairs }] })
    const [exits] = exitsOf(runs)
    expect(exits).toMatchObject({ task: 'regression', exits: [{ overthinking: null }, {}, {}] })
    expect(optimismOf(runs, { budgets: [0.5], seedReading: 'averaged' }).rows[0]!.gaps[0]!.mean).toBe(0)
    const scored = scoreExits(exitRules.get('static'), outputs)
    const answer = whatIfOverSeeds([{ identity: run('joint', 1), scored, predictions: null, fitted: [] }], 1)
    expect(answer).toMatchObject({ task: 'regression', lost: null, cost: { mean: 600 } })
    expect(answer.value.mean).toBeCloseTo(fixture.metrics[1]!.mse, 12)
    expect(answer.exits.map(({ value }) => value === null)).toEqual([true, false, true])
  })

  it('is read under a rule with parameters of its own', async () => {
    const patient = await under('difference:patience=2', 'joint', 1)
    // Of three exits only the final one ends two differences in a row, so that all samples stay until there.
    expect(patient.rule).toBe('difference:patience=2')
    expect([...patient.test.curve.costs].every((cost) => cost === exitCosts[2])).toBe(true)
    const impatient = await under('difference', 'joint', 1)
    expect([...impatient.test.curve.costs].at(0)).toBe(exitCosts[1])
  })

  it('is refused where predictions are missing', () => {
    const cut = { ...outputsOf([[1, 2]], [1, 2]), logits: Float32Array.of(1) }
    expect(() => scoreExits(exitRules.get('static'), cut)).toThrow('do not fit together')
  })

  it('is refused where a prediction is not finite', () => {
    const diverged = outputsOf([[1, Number.NaN]], [1, 2])
    expect(() => scoreExits(exitRules.get('static'), diverged)).toThrow(/Exit 0 .*sample 1: the training has diverged/)
  })
})

import { describe, expect, it } from 'vitest'
import { trainingCurvesOption, trainingCurvesSentence } from '../../../src/readings/training-curves/figure.ts'
import { trainingCurvesData } from '../../../src/readings/training-curves/curves.ts'
import type { RunCurve } from '../../../src/readings/given.ts'
import type { TrainingCurvesChoice } from '../../../src/readings/training-curves/curves.ts'
import { regimeStyles } from '../../../src/figures/regimes.ts'

const choice: TrainingCurvesChoice = {
  metric: 'accuracy',
  split: 'validation',
  exit: 'final',
  x: 'epoch',
  by: 'regime',
  seeds: 'each',
  smoothing: 0,
  scale: 'linear',
}
const frame = { width: 720, height: 440, theme: 'light' } as const

function curve(regime: 'joint' | 'mixed', seed: number, values: number[]): RunCurve {
  const run = { id: `${regime}${seed}`, name: `toy-${regime}-s${seed}`, experiment: 'toy', experimentId: 'e1' }
  return {
    run: { ...run, regime, series: regime, look: null, seed },
    points: values.map((value, index) => [index + 1, value] as const),
  }
}

const curves = [curve('joint', 1, [0.25, 0.5, 0.75]), curve('joint', 2, [0.5, 0.75]), curve('mixed', 1, [0.5])]

describe('training curves', () => {
  it('are a line for each run, in %, in the look of its regime', () => {
    const data = trainingCurvesData(curves, choice)
    expect(data.lines.map(({ name }) => name)).toEqual(['joint, seed 1', 'joint, seed 2', 'mixed, seed 1'])
    expect(data.lines[0]!.points.map(({ value }) => value)).toEqual([25, 50, 75])
    const series = trainingCurvesOption(data, frame).series as { name?: string; lineStyle?: { color: string } }[]
    const colours = series.filter(({ name }) => name?.startsWith('joint')).map(({ lineStyle }) => lineStyle!.color)
    expect(colours).toEqual([regimeStyles.joint.line.light, regimeStyles.joint.line.light])
  })

  it('are means over seeds as far as all seeds extend, with their deviation', () => {
    const [joint, mixed] = trainingCurvesData(curves, { ...choice, seeds: 'mean' }).lines
    expect(joint!.points).toEqual([
      { x: 1, value: 37.5, std: expect.closeTo(25 / Math.SQRT2, 9) },
      { x: 2, value: 62.5, std: expect.closeTo(25 / Math.SQRT2, 9) },
    ])
    expect(joint!.name).toBe('joint, n = 2')
    expect(mixed!.points).toEqual([{ x: 1, value: 50, std: null }])
  })

  it('are none of runs without an epoch, which no mean over seeds waits for', () => {
    const begun = [...curves, curve('joint', 3, []), curve('mixed', 2, [])]
    expect(trainingCurvesData(begun, choice).lines).toEqual(trainingCurvesData(curves, choice).lines)
    const names = trainingCurvesData(begun, { ...choice, seeds: 'mean' }).lines.map(({ name }) => name)
    expect(names).toEqual(['joint, n = 2', 'mixed, n = 1'])
  })

  it('have whole epochs on their axis, however few, each with a tick', () => {
    const data = trainingCurvesData([curve('joint', 1, [0.5, 0.6])], choice)
    expect(trainingCurvesOption(data, frame).xAxis).toMatchObject({
      axisTick: { show: true, customValues: [0, 1, 2] },
      axisLabel: { customValues: [0, 1, 2] },
    })
  })

  it('are drawn however many points they have together', () => {
    const values = Array.from({ length: 4000 }, (_, index) => index / 4000)
    const data = trainingCurvesData(
      Array.from({ length: 50 }, (_, seed) => curve('joint', seed, values)),
      choice,
    )
    expect(trainingCurvesOption(data, frame).yAxis).toMatchObject({ min: 0, max: 100 })
  })

  it('are smoothed by an average that does not begin at 0: of a constant it is the constant', () => {
    const smooth = (values: number[]) =>
      trainingCurvesData([curve('joint', 1, values)], { ...choice, smoothing: 0.5 }).lines[0]!.points.map(
        ({ value }) => value,
      )
    expect(smooth([0.5, 0.5, 0.5])).toEqual([50, 50, 50])
    // (0.25·0 + 0.5·1) / (1 − 0.25)
    expect(smooth([0, 1])[1]).toBeCloseTo((100 * 0.5) / 0.75, 9)
  })

  it('are distinguished by seed if requested', () => {
    const { groups, lines } = trainingCurvesData(curves, { ...choice, by: 'seed' })
    expect(groups).toEqual(['seed 1', 'seed 2'])
    expect(lines.map(({ group }) => group)).toEqual([0, 1, 0])
  })

  it('stand on powers of ten on a logarithmic scale, and are said in words', () => {
    const losses = [curve('joint', 1, [10, 1, 0.1])]
    const data = trainingCurvesData(losses, { ...choice, metric: 'loss', scale: 'log' })
    const { yAxis, series } = trainingCurvesOption(data, frame) as unknown as {
      yAxis: { min: number; max: number }
      series: { name?: string; data: number[][] }[]
    }
    expect([yAxis.min, yAxis.max]).toEqual([-1, 1])
    expect(series.find(({ name }) => name === 'joint, seed 1')!.data.map(([, y]) => y)).toEqual([1, 0, -1])
    expect(trainingCurvesSentence(data)).toBe(
      'Validation loss (nats, logarithmic) at the end of each line: joint, seed 1 0.100.',
    )
  })

  it('have a band on a logarithmic scale that ends a tenth below its mean where the deviation is larger', () => {
    const losses = [curve('joint', 1, [0.02]), curve('joint', 2, [1.98])]
    const data = trainingCurvesData(losses, { ...choice, metric: 'loss', scale: 'log', seeds: 'mean' })
    const { yAxis } = trainingCurvesOption(data, frame) as unknown as { yAxis: { min: number } }
    expect(yAxis.min).toBe(-1)
  })

  it('name at most twelve lines; of more, each look once', () => {
    const many = Array.from({ length: 30 }, (_, seed) => curve('mixed', seed, [0.5, 0.6]))
    const option = JSON.stringify(trainingCurvesOption(trainingCurvesData(many, choice), frame).graphic)
    expect(option).toContain('"mixed"')
    expect(option).not.toContain('seed 7')
  })
})

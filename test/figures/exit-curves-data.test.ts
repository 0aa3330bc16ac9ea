import { describe, expect, it } from 'vitest'
import { exitCurvesData, type CurvePhase } from '../../src/figures/exit-curves-data.ts'
import type { ExitId } from '../../src/shared/evaluation/exit-id.ts'
import { metricOf, primaryMetric } from '../../src/shared/methods/task.ts'
import type { EpochMetric } from '../../src/shared/runs/runs.ts'

const backbone: CurvePhase = {
  id: 'a',
  name: 'backbone',
  keptEpoch: 2,
  epochs: 3,
}
const everything: CurvePhase = {
  id: 'b',
  name: 'all exits',
  keptEpoch: 1,
  epochs: 2,
}
const metric = (epoch: number, exit: ExitId, accuracy: number, split: EpochMetric['split'] = 'validation') => ({
  epoch,
  exit,
  split,
  values: { accuracy, loss: 1 - accuracy },
})
const metrics = new Map([
  ['a', [metric(1, 'final', 0.5), metric(2, 'final', 0.625), metric(3, 'final', 0.75)]],
  [
    'b',
    [
      metric(1, 0, 0.25),
      metric(1, 'final', 0.75),
      metric(1, 'final', 0.875, 'train'),
      metric(2, 0, 0.375),
      metric(2, 'final', 0.8125),
    ],
  ],
])
const choice = {
  chain: [backbone, everything],
  metrics,
  exitCount: 2,
  metric: primaryMetric({}),
  split: 'validation',
} as const

describe('the curves of one phase', () => {
  it('count its own epochs, in %', () => {
    expect(exitCurvesData({ ...choice, shown: [1] })).toEqual({
      quantity: { title: 'Validation accuracy (%)', unit: '%', decimals: 1, lowest: 0, range: [0, 100] },
      phase: 'phase 2 of 2: all exits',
      keptEpoch: 1,
      exitCount: 2,
      phases: [{ name: 'all exits', after: 0 }],
      exits: [
        {
          exit: 0,
          label: 'exit 0',
          points: [
            { epoch: 1, value: 25 },
            { epoch: 2, value: 37.5 },
          ],
        },
        {
          exit: 1,
          label: 'final',
          points: [
            { epoch: 1, value: 75 },
            { epoch: 2, value: 81.25 },
          ],
        },
      ],
    })
  })

  it('of the bare backbone are those of the final exit', () => {
    const { exits } = exitCurvesData({ ...choice, shown: [0] })
    expect(exits.map(({ exit, label }) => ({ exit, label }))).toEqual([{ exit: 1, label: 'final' }])
  })

  it('of one branch are those of its exit', () => {
    const { exits } = exitCurvesData({
      ...choice,
      exitCount: 3,
      metrics: new Map([['b', [metric(1, 1, 0.5)]]]),
      shown: [1],
    })
    expect(exits).toEqual([{ exit: 1, label: 'exit 1', points: [{ epoch: 1, value: 50 }] }])
  })

  it('show the split and the metric asked for', () => {
    const { exits } = exitCurvesData({ ...choice, shown: [1], metric: metricOf({}, 'loss'), split: 'train' })
    expect(exits).toEqual([{ exit: 1, label: 'final', points: [{ epoch: 1, value: 0.125 }] }])
  })

  it('leave out what is not a number', () => {
    const diverged = new Map([['b', [metric(1, 0, 0.5), { ...metric(2, 0, 0.5), values: { loss: Number.NaN } }]]])
    const { exits } = exitCurvesData({ ...choice, shown: [1], metrics: diverged, metric: metricOf({}, 'loss') })
    expect(exits[0]!.points).toEqual([{ epoch: 1, value: 0.5 }])
  })
})

it('counts the epochs of several phases on', () => {
  const data = exitCurvesData({ ...choice, shown: [0, 1] })
  expect(data.phase).toBe('all phases')
  expect(data.phases).toEqual([
    { name: 'backbone', after: 0 },
    { name: 'all exits', after: 3 },
  ])
  expect(data.keptEpoch).toBe(4)
  expect(data.exits.map(({ label, points }) => [label, points.map(({ epoch }) => epoch)])).toEqual([
    ['exit 0', [4, 5]],
    ['final', [1, 2, 3, 4, 5]],
  ])
})

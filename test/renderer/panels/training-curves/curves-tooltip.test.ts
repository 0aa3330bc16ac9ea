import { expect, it } from 'vitest'
import { withCurveTooltip } from '../../../../src/renderer/panels/training-curves/curves-tooltip.ts'
import { trainingCurvesData } from '../../../../src/readings/training-curves/curves.ts'

const choice = {
  metric: 'accuracy',
  split: 'validation',
  exit: 'final',
  x: 'epoch',
  by: 'regime',
  seeds: 'each',
  smoothing: 0,
  scale: 'linear',
} as const

function curve(regime: 'joint' | 'mixed', values: readonly number[]) {
  const run = { id: regime, name: regime, experiment: 'toy', experimentId: 'e1' }
  return {
    run: { ...run, regime, series: regime, look: null, seed: 1 },
    points: values.map((value, index) => [index + 1, value] as const),
  }
}

const data = trainingCurvesData([curve('joint', [0.25, 0.5, 0.75]), curve('mixed', [0.5, 0.625])], choice)

/** The text where the pointer is at an epoch. */
function textAt(epoch: number): string {
  const { formatter } = withCurveTooltip({}, data, 'light').tooltip as { formatter: (marks: unknown) => string }
  return formatter([{ value: [epoch, 0] }])
}

it('has the value of each line at an epoch, the best first', () => {
  expect(textAt(2)).toBe('epoch 2\nmixed, seed 1  62.5\njoint, seed 1  50.0')
})

it('leaves out lines that ended before', () => {
  expect(textAt(3)).toBe('epoch 3\njoint, seed 1  75.0')
})

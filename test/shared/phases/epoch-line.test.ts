import { expect, test } from 'vitest'
import { epochLine } from '../../../src/shared/phases/epoch-line.ts'

const record = {
  epoch: 3,
  learningRate: 0.00123456,
  imagesPerSecond: 100,
  seconds: 12.34,
  peakMemoryBytes: 1,
  improved: true,
  epochsWithoutImprovement: 0,
}

test('a line has losses, the accuracy of each exit, the learning rate and the time of an epoch', () => {
  const metrics = [
    { epoch: 3, exit: 0, split: 'train' as const, values: { loss: 1, accuracy: 0.5 } },
    { epoch: 3, exit: 'final' as const, split: 'train' as const, values: { loss: 0.5, accuracy: 0.75 } },
    { epoch: 3, exit: 0, split: 'validation' as const, values: { loss: 1.25, accuracy: 0.4321 } },
    { epoch: 3, exit: 'final' as const, split: 'validation' as const, values: { loss: 0.25, accuracy: 0.8 } },
  ]
  expect(epochLine({ record, metrics, maxEpochs: 8 })).toBe(
    'Epoch 3 of 8: loss 0.7500, validation 0.7500 · validation accuracy exit 0 43.21 %, final 80.00 % · ' +
      'learning rate 0.00123 · 12.3 s',
  )
})

import { describe, expect, it } from 'vitest'
import { noEpochs, withEpochs, type EpochHistory } from '../../../../src/renderer/composables/run/epoch-history.ts'

function history(...epochs: [epoch: number, accuracy: number][]): EpochHistory {
  return {
    records: epochs.map(([epoch]) => ({
      ...{ epoch, learningRate: 0.1, imagesPerSecond: 100, seconds: 1, peakMemoryBytes: 0 },
      ...{ improved: true, epochsWithoutImprovement: 0 },
    })),
    metrics: epochs.map(([epoch, accuracy]) => ({ epoch, exit: 0, split: 'validation', loss: 1, accuracy })),
  }
}
const shown = ({ records, metrics }: EpochHistory) => ({
  records: records.map(({ epoch }) => epoch),
  metrics: metrics.map(({ epoch, accuracy }) => [epoch, accuracy]),
})

describe('later epochs', () => {
  it('are put behind those that are known', () => {
    const joined = withEpochs(withEpochs(noEpochs, history([1, 0.25], [2, 0.5])), history([3, 0.75]))
    expect(shown(joined)).toEqual({
      records: [1, 2, 3],
      metrics: [
        [1, 0.25],
        [2, 0.5],
        [3, 0.75],
      ],
    })
  })

  it('take the place of what was trained before a damage', () => {
    const joined = withEpochs(history([1, 0.25], [2, 0.5], [3, 0.625]), history([2, 0.75]))
    expect(shown(joined)).toEqual({
      records: [1, 2],
      metrics: [
        [1, 0.25],
        [2, 0.75],
      ],
    })
  })

  it('may be none', () => {
    const known = history([1, 0.25])
    expect(withEpochs(known, noEpochs)).toBe(known)
  })
})

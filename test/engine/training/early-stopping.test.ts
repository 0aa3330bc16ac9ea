import { describe, expect, it } from 'vitest'
import { hasStopped, observeScores, startStopping } from '../../../src/engine/training/early-stopping.ts'
import { tasks } from '../../../src/shared/methods/task.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'

/** Epochs without improvement after each epoch of scores, one row an epoch. */
function counts(epochs: number[][], options: object = {}): number[] {
  const { metric, delta } = trainingSpec.parse({ earlyStopping: options }).earlyStopping
  const { higherIsBetter } = tasks.classification.metrics[metric]
  let state = startStopping(epochs[0]!.length)
  return epochs.map(
    (scores) => (state = observeScores(state, scores, { higherIsBetter, delta })).epochsWithoutImprovement,
  )
}

describe('early stopping', () => {
  it('counts epochs in which no exit improved', () => {
    expect(counts([[0.1], [0.2], [0.15], [0.19], [0.21], [0.1]])).toEqual([0, 0, 1, 2, 0, 1])
  })

  it('continues while any exit improves', () => {
    expect(
      counts([
        [0.5, 0.5],
        [0.4, 0.6],
        [0.51, 0.1],
        [0.5, 0.6],
      ]),
    ).toEqual([0, 0, 0, 1])
  })

  it('counts a tie as no improvement', () => {
    expect(counts([[0.5], [0.5], [0.5]])).toEqual([0, 1, 2])
  })

  it('requires an improvement by more than delta', () => {
    expect(counts([[0.5], [0.59], [0.61]], { delta: 0.1 })).toEqual([0, 1, 0])
  })

  it('counts a lower loss as an improvement', () => {
    expect(counts([[2], [1], [1.5], [0.9]], { metric: 'loss' })).toEqual([0, 0, 1, 0])
  })

  it('never counts NaN as an improvement', () => {
    expect(counts([[NaN], [0.1], [NaN]])).toEqual([1, 0, 1])
  })

  it('stops when the patience is exhausted, and never without a patience', () => {
    const rule = (patience: number | null) => trainingSpec.parse({ earlyStopping: { patience } }).earlyStopping
    const state = { best: [1], epochsWithoutImprovement: 3 }
    expect([3, 4, null].map((patience) => hasStopped(state, rule(patience)))).toEqual([true, false, false])
  })
})

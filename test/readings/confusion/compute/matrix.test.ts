import { describe, expect, it } from 'vitest'
import { confusionOf } from '../../../../src/readings/confusion/compute/matrix.ts'
import { first, second } from '../../../engine/evaluation/hand-made-runs.ts'

describe('confusion', () => {
  it('counts the predictions of an exit for each class, over all seeds', () => {
    expect(confusionOf([first], 1).counts).toEqual([1, 0, 0, 0, 1, 1, 1, 0, 0])
    expect(confusionOf([first, second], 1).counts).toEqual([2, 0, 0, 0, 3, 1, 1, 0, 1])
  })

  it('has the accuracy of every exit by class, none where a class has no sample', () => {
    expect(confusionOf([first], 0).accuracies).toEqual([
      [100, 50, 0],
      [100, 50, 0],
    ])
    const without = { ...first, predictions: { ...first.predictions, classCount: 4 } }
    expect(confusionOf([without], 0).accuracies[0]).toEqual([100, 50, 0, null])
  })
})

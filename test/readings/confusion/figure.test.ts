import { describe, expect, it } from 'vitest'
import { confusionSentence } from '../../../src/readings/confusion/figure.ts'
import { confusionShares } from '../../../src/readings/confusion/shares.ts'
import { fitting } from '../../../src/figures/text.ts'
import { textWidth } from '../../../src/figures/plot.ts'

describe('the confusion of classes', () => {
  const data = {
    runs: ['a'],
    classCount: 3,
    exit: 1,
    accuracies: [[], []],
    classes: ['cat', 'dog', 'frog'],
    counts: [6, 3, 1, 0, 4, 0, 0, 0, 0],
  }

  it('is in % of the samples of each class, and empty where a class has none', () => {
    expect(confusionShares(data)).toEqual([
      [60, 30, 10],
      [0, 100, 0],
      [null, null, null],
    ])
    expect(confusionSentence(data)).toBe(
      'Predictions of final by class. Most frequent errors: cat for dog 30.0 %, cat for frog 10.0 %.',
    )
  })

  it('names classes without control characters, and not at any length', () => {
    const names = ['cat\u001b[31m', '\u202egod', 'frog'.repeat(60)]
    expect(confusionSentence({ ...data, classes: names })).toMatch(
      /errors: cat \[31m for god 30\.0 %, cat \[31m for (frog){14}fro… 10\.0 %\.$/,
    )
  })
})

describe('a text in limited space', () => {
  it('is cut with an ellipsis, and never wider than the room', () => {
    expect(fitting('Dress', 100)).toBe('Dress')
    const cut = fitting('Ankle boot', 40)
    expect(cut).toMatch(/^Ank.*…$/)
    expect(textWidth(cut)).toBeLessThanOrEqual(40)
  })
})

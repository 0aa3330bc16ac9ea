import { describe, expect, it } from 'vitest'
import { confusionSentence, confusionShares } from '../../src/figures/confusion-map.ts'
import {
  reliabilityData,
  reliabilityNote,
  reliabilityOption,
  reliabilitySentence,
} from '../../src/figures/reliability.ts'
import { fitting } from '../../src/figures/text.ts'
import { textWidth } from '../../src/figures/plot.ts'

const frame = { width: 520, height: 360, theme: 'light' } as const
const only = (mean: number) => ({ mean, std: null })

/** One bin that holds everything. */
function exit(index: number, block: number | null, [confidence, accuracy]: [number, number]) {
  const bins = [
    { low: 0, high: 0.5, share: 0, confidence: null, accuracy: null },
    { low: 0.5, high: 1, share: 1, confidence, accuracy },
  ]
  const means = { accuracy: only(100 * accuracy), confidence: only(100 * confidence) }
  const scaled = { confidence: only(100 * accuracy), error: only(0), bins: bins.slice(0, 1) }
  const error = only(100 * Math.abs(confidence - accuracy))
  return { exit: index, block, ...means, error, bins, temperature: only(2), scaled }
}

describe('the reliability of exits', () => {
  const data = { exits: [exit(0, 1, [0.9, 0.7]), exit(1, null, [0.6, 0.8])], note: 'joint, toy · test images · 1 seed' }

  it('has a dot for each bin with samples, as large as it is full, and the diagonal', () => {
    const series = reliabilityOption(data, frame).series as {
      data: number[][]
      symbolSize?: (at: number[]) => number
    }[]
    expect(series.slice(1).map((line) => line.data)).toEqual([[[90, 70, 1]], [[60, 80, 1]]])
    expect([1, 0.25].map((share) => series[1]!.symbolSize!([0, 0, share]))).toEqual([16, 9.5])
    expect(series[0]!.data).toEqual([
      [0, 0],
      [100, 100],
    ])
  })

  it('is described with the direction of its error', () => {
    expect(reliabilitySentence(data)).toBe(
      'Reliability of the exits. Expected calibration error: exit 0 20.0 points (overconfident), final 20.0 points (underconfident).',
    )
  })

  it('is that of the scaled logits if requested, which its note states', () => {
    const { exits } = reliabilityData(data.exits, { scaled: true, note: '' })
    expect(exits.map(({ accuracy, error, bins }) => [accuracy.mean, error.mean, bins.length])).toEqual([
      [70, 0, 1],
      [80, 0, 1],
    ])
    expect(reliabilityData(data.exits, { scaled: false, note: '' }).exits).toEqual(data.exits)
    const note = (scaled: boolean) => reliabilityNote({ subject: 'joint', split: 'test', runs: ['a'], scaled })
    expect(note(true)).toBe('joint · test samples · 1 seed · temperature-scaled · dot size: samples in the bin')
    expect(note(false)).toBe('joint · test samples · 1 seed · dot size: samples in the bin')
  })
})

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

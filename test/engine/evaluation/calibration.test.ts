import { describe, expect, it } from 'vitest'
import { calibrationOf } from '../../../src/engine/evaluation/calibration.ts'
import { first, second } from './hand-made-runs.ts'

describe('the calibration of exits', () => {
  it('is the distance of confidence and accuracy, bin by bin, as a share of the samples', () => {
    const [early, final] = calibrationOf([first], [first]).exits
    // Exit 0: 0.9 twice, one right (0.4 off, half of the samples); 0.5 wrong, 0.6 right, a quarter each.
    expect(early!.error.mean).toBeCloseTo(100 * (0.5 * Math.abs(0.5 - 0.9) + 0.25 * 0.5 + 0.25 * 0.4), 9)
    // Final: 1 right, 0.8 right, 0.7 wrong, 0.4 wrong.
    expect(final!.error.mean).toBeCloseTo((100 * (0 + 0.2 + 0.7 + 0.4)) / 4, 9)
    expect(early!.accuracy).toEqual({ mean: 50, std: null })
    expect(early!.confidence.mean).toBeCloseTo(72.5, 9)
  })

  it('has bins that hold the upper end of their width, and shares that add up to 1', () => {
    const [early] = calibrationOf([first], [first]).exits
    const filled = early!.bins.filter(({ share }) => share > 0)
    expect(filled.map(({ low, high, share, accuracy }) => [15 * low, 15 * high, share, accuracy])).toEqual([
      [7, 8, 0.25, 0],
      [8, 9, 0.25, 1],
      [13, 14, 0.5, 0.5],
    ])
    expect(early!.bins).toHaveLength(15)
    expect(early!.bins[0]).toEqual({ low: 0, high: 1 / 15, share: 0, confidence: null, accuracy: null })
  })

  it('puts a confidence of 0 into the lowest bin, and one at the edge of two into the lower', () => {
    const confidences = Float64Array.of(0, 1 / 15, 2 / 15, 1, 1, 1, 1, 1)
    const [early] = calibrationOf([{ ...first, predictions: { ...first.predictions, confidences } }], [first]).exits
    expect(early!.bins.map(({ share }) => 4 * share)).toEqual([2, 1, ...new Array<number>(12).fill(0), 1])
  })

  it('is a mean over seeds with its deviation, its bins those of all seeds', () => {
    const { runs, exits } = calibrationOf([first, second], [first, second])
    expect(runs).toEqual(['run-1', 'run-2'])
    const errors = [100 * (0.2 + 0.125 + 0.1), 50]
    expect(exits[0]!.error.mean).toBeCloseTo((errors[0]! + errors[1]!) / 2, 9)
    expect(exits[0]!.error.std).toBeCloseTo(Math.abs(errors[0]! - errors[1]!) / Math.SQRT2, 9)
    expect(exits[0]!.bins[7]).toMatchObject({ share: 5 / 8, confidence: 0.5, accuracy: 4 / 5 })
  })

  it('has the same quantities at the temperatures of the exits, and the temperatures', () => {
    const [early, final] = calibrationOf([first], [second]).exits
    const [alone] = calibrationOf([second], [second]).exits
    const { confidence, error, bins } = alone!
    expect(early).toMatchObject({ accuracy: { mean: 50 }, scaled: { confidence, error, bins } })
    const hottest = { ...second, fitted: [[100], [1]] }
    expect(calibrationOf([first, first], [second, hottest]).exits.map(({ atEndOfRange }) => atEndOfRange)).toEqual([
      1, 0,
    ])
    expect([early!.temperature, final!.temperature]).toEqual([2, 1].map((mean) => ({ mean, std: null })))
  })
})

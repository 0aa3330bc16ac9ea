import { describe, expect, it } from 'vitest'
import {
  firstThreshold,
  inRoundSteps,
  onStep,
  perExit,
  thresholdDigits,
  thresholdsOf,
} from '../../../../src/renderer/composables/compare/thresholds.ts'

const unit = { low: 0, high: 1, step: 0.01 }
const patience = { low: 0, high: 3, step: 1 }

describe('thresholds', () => {
  it('start at a strict value, on a step of their rule', () => {
    expect(firstThreshold(unit)).toBe(0.7)
    expect(firstThreshold(patience)).toBe(2)
    expect(firstThreshold({ low: 0, high: 0, step: 0 })).toBe(0)
  })

  it('stay on steps and within their range', () => {
    expect([0.123, -1, 7].map((value) => onStep(value, unit))).toEqual([0.12, 0, 1])
    expect(onStep(1.6, patience)).toBe(2)
  })

  it('are one for each exit but the final, the common one until they are moved', () => {
    expect(perExit([], 0.7, 4)).toEqual([0.7, 0.7, 0.7])
    expect(perExit([0.1, 0.2, 0.3, 0.4], 0.7, 3)).toEqual([0.1, 0.2])
    expect(perExit([], 0.7, 1)).toEqual([])
  })

  it('are read from a text: one for each exit but the final, else the first for all', () => {
    expect(thresholdsOf('0.123,0.9', unit, 3)).toEqual([0.12, 0.9])
    expect(thresholdsOf('0.5,0.75', unit, 4)).toEqual([0.5])
    expect(thresholdsOf('x,,0.5', unit, 2)).toEqual([0.5])
    expect(thresholdsOf(null, patience, 2)).toEqual([2])
    expect(thresholdsOf('0.5', null, 2)).toEqual([0])
  })

  it('are moved in round steps though sweeps go in 99ths', () => {
    expect(inRoundSteps({ low: 0, high: 1, step: 1 / 99 })).toEqual(unit)
    expect(inRoundSteps(patience)).toEqual(patience)
    expect(inRoundSteps({ low: 0, high: 0, step: 0 }).step).toBe(0)
  })

  it('have the decimals of their step', () => {
    expect([unit, patience, { low: 0, high: 1, step: 0.001 }].map(thresholdDigits)).toEqual([2, 0, 3])
  })
})

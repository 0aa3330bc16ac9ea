import { describe, expect, it } from 'vitest'
import { predict } from '../../../src/engine/exits/predictions.ts'

const outputs = (logits: number[], classCount: number) => ({
  exitCount: 1,
  sampleCount: logits.length / classCount,
  classCount,
  logits: Float32Array.from(logits),
  targets: new Int32Array(logits.length / classCount),
})

describe('predictions', () => {
  it('are the class of the largest logit, its probability, and the entropy in nats', () => {
    const { classes, confidences, entropies } = predict(outputs([0, Math.log(3), 0, 0, 0, 0], 3))
    expect([...classes]).toEqual([1, 0])
    expect(confidences[0]).toBeCloseTo(3 / 5, 6)
    expect(confidences[1]).toBeCloseTo(1 / 3, 15)
    expect(entropies[0]).toBeCloseTo(-(0.6 * Math.log(0.6) + 0.4 * Math.log(0.2)), 6)
    expect(entropies[1]).toBeCloseTo(Math.log(3), 15)
  })

  it('take the lowest of tied classes', () => {
    expect([...predict(outputs([1, 2, 2, 2, 1, 2], 3)).classes]).toEqual([1, 0])
  })

  it('stay exact for logits far from zero', () => {
    const { confidences, entropies } = predict(outputs([30000, 30000, -30000, 30000], 2))
    expect([...confidences]).toEqual([0.5, 1])
    expect([...entropies]).toEqual([Math.log(2), 0])
  })

  it.each([NaN, Infinity, -Infinity])('are refused where a logit is %s, naming exit and sample', (bad) => {
    expect(() => predict(outputs([1, 2, 3, bad], 2))).toThrow(/Exit 0 .*sample 1: the training has diverged/)
  })

  it('are refused where sizes do not fit', () => {
    expect(() => predict({ ...outputs([1, 2], 2), targets: new Int32Array(2) })).toThrow(/1 logits|2 labels/)
    expect(() => predict(outputs([], 2))).toThrow(/at least one/)
  })
})

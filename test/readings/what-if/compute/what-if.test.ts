import { describe, expect, it } from 'vitest'
import { sweep } from '../../../../src/engine/evaluation/curve.ts'
import { whatIf } from '../../../../src/readings/what-if/compute/what-if.ts'
import { exitRules, ruleNames } from '../../../../src/engine/exits/index.ts'
import { scoredBy } from '../../../support/scored.ts'
import { evaluatedRuns, fixture } from '../../../engine/evaluation/fixtures/comparison.ts'

describe('what-if', () => {
  // Three exits, four samples. Scores let samples 0, 1 leave at exit 0, sample 2 at exit 1 and sample 3 at the end at t = 0.5.
  const correct = Uint8Array.of(1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0)
  const scored = {
    exitCount: 3,
    sampleCount: 4,
    scores: Float64Array.of(0.9, 0.6, 0.1, 0.2, 0.9, 0.9, 0.7, 0.5, 0, 0, 0, 0),
    values: correct,
    correct,
  }

  it('gives accuracy, cost, the exit histogram and the samples right early and wrong late', () => {
    expect(whatIf(scored, 0.5, [10, 20, 40])).toEqual({
      leaves: Int32Array.of(0, 0, 1, 2),
      value: 1 / 4,
      cost: (2 * 10 + 20 + 40) / 4,
      leaving: [2, 1, 1],
      valuesLeaving: [1, 0, 0],
      lost: 2,
    })
  })

  it('takes a threshold for each exit', () => {
    expect(whatIf(scored, [1, 0.4], [10, 20, 40])).toMatchObject({ leaving: [0, 4, 0], value: 3 / 4, cost: 20 })
  })

  it('agrees with the sweep at every threshold', () => {
    const run = evaluatedRuns[0]!
    for (const rule of ruleNames({}).map(exitRules.get)) {
      const split = scoredBy(rule, run.test)
      const curve = sweep(split, rule.thresholds(fixture.exitMacs.length), run.exitCosts)
      curve.thresholds.forEach((threshold, i) => {
        const answer = whatIf(split, threshold, run.exitCosts)
        expect(answer.value).toBe(curve.values[i])
        expect(answer.cost).toBe(curve.costs[i])
      })
    }
  })
})

import { describe, expect, it } from 'vitest'
import { sweep } from '../../../src/engine/evaluation/curve.ts'
import { leavingExits, scoreExits } from '../../../src/engine/evaluation/scored-exits.ts'
import { type ClassRule, thresholdsOf } from '../../../src/engine/exits/exit-rule.ts'
import { exitRules } from '../../../src/engine/exits/index.ts'
import { evaluatedRuns, fixture } from './fixtures/comparison.ts'

/** Of classification the value of a sample is whether it is right. */
const alike = (correct: Uint8Array) => ({ values: correct, correct })

describe('the threshold sweep', () => {
  it('gives accuracy and mean cost of a hand-made case', () => {
    // Two samples, three exits. Sample 0 is right at exit 0 only, sample 1 from exit 1 on.
    const scored = {
      exitCount: 3,
      sampleCount: 2,
      scores: Float64Array.of(0.6, 0.2, 0.9, 0.5, 1, 1),
      ...alike(Uint8Array.of(1, 0, 0, 1, 0, 1)),
    }
    const { values, costs } = sweep(scored, Float64Array.of(0, 0.2, 0.5, 0.6, 0.9, 1), [10, 20, 40])
    // Exits taken: 0,0 · 0,1 · 0,2 · 1,2 · 2,2 · 2,2
    expect([...values]).toEqual([0.5, 1, 1, 0.5, 0.5, 0.5])
    expect([...costs]).toEqual([10, 15, 25, 30, 40, 40])
  })

  it.each(Object.keys(fixture.testCurves))('equals NumPy on every run under %s', (name) => {
    evaluatedRuns.forEach((run, i) => {
      const rule = exitRules.get(name)
      const curve = sweep(scoreExits(rule, run.test), rule.thresholds(4), run.exitCosts)
      const expected = fixture.testCurves[name]![i]!
      expect([...curve.values]).toEqual(expected.accuracies)
      expect([...curve.costs]).toEqual(expected.macs)
    })
  })

  it('keeps sums of large costs exact', () => {
    const scored = { exitCount: 2, sampleCount: 3, scores: new Float64Array(6).fill(0.5), ...alike(new Uint8Array(6)) }
    const { costs } = sweep(scored, Float64Array.of(0, 1), [17_609_859_119, 17_609_859_121])
    expect([...costs]).toEqual([17_609_859_119, 17_609_859_121])
  })
})

describe('a rule of an extension', () => {
  const confidence = exitRules.get('confidence') as ClassRule
  const [run] = evaluatedRuns

  it('that scores something else than every exit and sample is refused', () => {
    const { exitCount, sampleCount } = run!.test
    const rule = { ...confidence, scores: () => new Float64Array(sampleCount) }
    expect(() => scoreExits(rule, run!.test)).toThrow(
      `The exit rule “Confidence” gives ${sampleCount} scores; expected one for each of ${exitCount} exits and ${sampleCount} samples.`,
    )
  })

  it.each([
    ['that fall', [1, 0.5], '1, then 0.5'],
    ['that are no numbers', [0, NaN], '0, then NaN'],
    ['of which there are none', [], 'none'],
  ])('is refused with thresholds %s', (_, thresholds, shown) => {
    const rule = { ...confidence, thresholds: () => Float64Array.from(thresholds) }
    expect(() => thresholdsOf(rule, 4)).toThrow(`The exit rule “Confidence” has the thresholds ${shown}; expected asc`)
    expect([...thresholdsOf(confidence, 4)]).toHaveLength(100)
  })
})

describe('leaving exits', () => {
  it('obey a threshold of their own each', () => {
    const scores = Float64Array.of(0.6, 0.6, 0.7, 0.9, 0, 0)
    const scored = { exitCount: 3, sampleCount: 2, scores, ...alike(new Uint8Array(6)) }
    expect([...leavingExits(scored, [0.6, 0.8])]).toEqual([2, 1])
    expect([...leavingExits(scored, [0.5, 0.8])]).toEqual([0, 0])
  })
})

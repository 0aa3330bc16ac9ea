import { describe, expect, it } from 'vitest'
import { predict } from '../../../../src/engine/exits/predictions.ts'
import { scoreExits } from '../../../../src/engine/evaluation/scored-exits.ts'
import { whatIfOverSeeds } from '../../../../src/readings/what-if/compute/over-seeds.ts'
import type { ScoredRun } from '../../../../src/engine/evaluation/scored-run.ts'
import { confidence } from '../../../../src/engine/exits/confidence.ts'
import { whatIfAnswer } from '../../../../src/readings/what-if/schema.ts'

/** Two exits, two classes, four samples of class 0. Confidence of the first exit and whether each exit is right. */
function run(seed: number, samples: [confidence: number, right: boolean, finallyRight: boolean][]): ScoredRun {
  const logit = (probability: number) => Math.log(probability / (1 - probability))
  const row = (probability: number, right: boolean) => (right ? [logit(probability), 0] : [0, logit(probability)])
  const logits = Float32Array.from([
    ...samples.flatMap(([score, right]) => row(score, right)),
    ...samples.flatMap(([, , right]) => row(0.99, right)),
  ])
  const outputs = { exitCount: 2, sampleCount: samples.length, classCount: 2, logits, targets: new Int32Array(4) }
  const predictions = predict(outputs)
  const costs = { exitCosts: [40, 110], exitBlocks: [1, null], backboneCost: 100 }
  return {
    identity: { id: `run ${seed}`, experiment: 'made up', regime: 'mixed', series: 'mixed', seed, ...costs },
    scored: scoreExits(confidence, outputs),
    predictions,
    fitted: [],
  }
}

const first = run(1, [
  [0.9, true, true],
  [0.8, false, true],
  [0.6, true, false],
  [0.55, true, false],
])
const second = run(2, [
  [0.9, true, true],
  [0.6, true, true],
  [0.6, true, true],
  [0.6, true, false],
])

describe('what-if over seeds', () => {
  const answer = whatIfOverSeeds([first, second], 0.7)

  it('gives means and deviations of accuracy, cost and the share that leaves at each exit', () => {
    // Seed 1: two of four leave early, one right; the two others are wrong at the end. Seed 2: one leaves early; 3 of 4 right.
    expect(answer.value).toEqual({ mean: 50, std: Math.hypot(25, 25) })
    expect(answer.cost.mean).toBe(((2 * 40 + 2 * 110) / 4 + (40 + 3 * 110) / 4) / 2)
    expect(answer.exits.map(({ leaving }) => leaving.mean)).toEqual([37.5, 62.5])
    expect(answer.exits.map(({ value }) => value!.mean)).toEqual([75, expect.closeTo((200 / 3 + 0) / 2, 10)])
    expect(answer.exits.map(({ block, fraction }) => [block, fraction])).toEqual([
      [1, 0.4],
      [null, 1.1],
    ])
    expect(answer).toMatchObject({ runs: ['run 1', 'run 2'], backboneCost: 100 })
    const whole = { ...answer, experiment: 'made up', regime: 'mixed', look: null, series: 'mixed', rule: 'confidence' }
    expect(whatIfAnswer.parse(whole)).toEqual(whole)
  })

  it('gives the share that is right at an earlier exit and wrong where it leaves', () => {
    expect(answer.lost!.mean).toBe(37.5)
  })

  it('has no accuracy for an exit at which no sample of a seed leaves', () => {
    const { exits } = whatIfOverSeeds([first, second], [0.85])
    expect(exits[0]!.value).toEqual({ mean: 100, std: 0 })
    expect(whatIfOverSeeds([first, second], 1).exits[0]!.value).toBeNull()
  })

  it('has no deviation with one seed', () => {
    expect(whatIfOverSeeds([first], 0.7).value).toEqual({ mean: 25, std: null })
  })
})

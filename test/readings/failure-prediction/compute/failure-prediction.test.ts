import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { failurePrediction } from '../../../../src/readings/failure-prediction/compute/failure-prediction.ts'
import { scoreExits } from '../../../../src/engine/evaluation/scored-exits.ts'
import { confidence } from '../../../../src/engine/exits/confidence.ts'
import { evaluatedRuns } from '../../../engine/evaluation/fixtures/comparison.ts'

const found = (scores: number[], correct: number[]) =>
  failurePrediction(Float64Array.from(scores), Uint8Array.from(correct))

/** Made by make_failure_prediction.py. */
const fixture = JSON.parse(readFileSync(new URL('../fixtures/failure-prediction.json', import.meta.url), 'utf8')) as {
  regime: string
  seed: number
  exits: Record<'auroc' | 'aurc' | 'excessAurc', number>[]
}[]

describe('failure prediction of an exit', () => {
  it('is perfect where every right sample scores above every wrong one', () => {
    expect(found([0.9, 0.2, 0.8, 0.1], [1, 0, 1, 0])).toEqual({ auroc: 1, aurc: (1 / 3 + 1 / 2) / 4, excessAurc: 0 })
  })

  it('counts a tie as half, and has samples of equal scores in their own order', () => {
    const rightFirst = found([0.9, 0.8, 0.8, 0.3], [1, 1, 0, 0])!
    const wrongFirst = found([0.9, 0.8, 0.8, 0.3], [1, 0, 1, 0])!
    expect([rightFirst.auroc, wrongFirst.auroc]).toEqual([7 / 8, 7 / 8])
    expect(rightFirst.excessAurc).toBe(0)
    expect(wrongFirst.aurc).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 2) / 4, 15)
    expect(wrongFirst.excessAurc).toBeCloseTo(1 / 8, 15)
  })

  it('is that of chance where all scores are equal, and 0 where they are upside down', () => {
    expect(found([0.5, 0.5, 0.5], [1, 0, 1])!.auroc).toBe(0.5)
    expect(found([0.1, 0.9], [1, 0])!.auroc).toBe(0)
  })

  it('is undefined where all samples are right, or all wrong', () => {
    expect([found([0.1, 0.2], [1, 1]), found([0.1, 0.2], [0, 0])]).toEqual([null, null])
  })

  it.each(evaluatedRuns)('equals that of all pairs of samples: $id', ({ regime, seed, test }) => {
    const { exits } = fixture.find((run) => run.regime === regime && run.seed === seed)!
    const { scores, correct, sampleCount } = scoreExits(confidence, test)
    exits.forEach((expected, exit) => {
      const row = [exit * sampleCount, (exit + 1) * sampleCount] as const
      const answer = failurePrediction(scores.subarray(...row), correct!.subarray(...row))!
      for (const name of ['auroc', 'aurc', 'excessAurc'] as const) expect(answer[name]).toBeCloseTo(expected[name], 12)
    })
  })
})

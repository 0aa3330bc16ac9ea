import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { scoreExits } from '../../../src/engine/evaluation/scored-exits.ts'
import { learnedGate } from '../../../src/engine/exits/learned-gate.ts'
import type { ExitOutputs } from '../../../src/shared/evaluation/evaluation.ts'
import { fittedTo, scoredBy } from '../../support/scored.ts'

interface Case {
  classCount: number
  logits: number[]
  labels: number[]
  scores: number[]
}

/** Made by make_learned_gate.py. */
const cases = JSON.parse(readFileSync(new URL('fixtures/learned-gate.json', import.meta.url), 'utf8')) as Case[]

/** One exit: a row of logits for each sample. */
function outputsOf(rows: readonly (readonly number[])[], labels: readonly number[]): ExitOutputs {
  const size = { exitCount: 1, sampleCount: rows.length, classCount: rows[0]!.length }
  return { ...size, logits: Float32Array.from(rows.flat()), targets: Int32Array.from(labels) }
}

test.each(cases.map((each, index) => [index, each] as const))(
  'scores are those of the logistic model that SciPy finds: case %d',
  (_, { classCount, logits, labels, scores }) => {
    const outputs = { exitCount: 1, sampleCount: labels.length, classCount }
    const found = scoredBy(learnedGate, {
      ...outputs,
      logits: Float32Array.from(logits),
      targets: Int32Array.from(labels),
    })
    expect([...found.scores]).toEqual(scores.map((score) => expect.closeTo(score, 7)))
  },
)

describe('the learned gate', () => {
  it('has the share of right samples as its score where all probabilities are the same', () => {
    const rows = [0, 1, 2, 3].map(() => [2, 1, 0])
    const outputs = outputsOf(rows, [0, 0, 0, 1])
    expect(fittedTo(learnedGate, outputs)[0]).toEqual([0, 0, 0, expect.closeTo(Math.log(3), 7)])
    expect([...scoredBy(learnedGate, outputs).scores]).toEqual(rows.map(() => expect.closeTo(0.75, 8)))
  })

  it('scores every sample 1 at an exit that was right on all validation samples, and 0 at one that never was', () => {
    const rows = [
      [3, 1, 0],
      [0, 2, 1],
    ]
    expect([...scoredBy(learnedGate, outputsOf(rows, [0, 1])).scores]).toEqual([1, 1])
    expect([...scoredBy(learnedGate, outputsOf(rows, [2, 0])).scores]).toEqual([0, 0])
  })

  it('has numbers of its own for each exit, which score other samples', () => {
    const rows = [[4, 0], [3, 0], [1, 0], [0.5, 0]] // prettier-ignore
    const [early, final] = [outputsOf(rows, [0, 0, 1, 0]), outputsOf(rows, [0, 0, 0, 0])]
    const both = { ...early, exitCount: 2, logits: Float32Array.from([...early.logits, ...final.logits]) }
    const fitted = [...fittedTo(learnedGate, early), ...fittedTo(learnedGate, final)]
    const { scores } = scoreExits(learnedGate, both, { fitted })
    expect([...scores.slice(0, 4)]).toEqual([...scoredBy(learnedGate, early).scores])
    expect([...scores.slice(4)]).toEqual([1, 1, 1, 1])
    expect(scores[0]).toBeGreaterThan(scores[2]!)
  })

  it('is fitted where one sample of many is wrong, at the most confident of all', () => {
    const rows = Array.from({ length: 2000 }, (_, sample) => [sample / 100, 0])
    const outputs = outputsOf(
      rows,
      rows.map((_, sample) => Number(sample === 1999)),
    )
    const { scores } = scoredBy(learnedGate, outputs)
    // The bias is free, so the mean of the scores is the share of right samples.
    expect(scores.reduce((sum, score) => sum + score, 0) / 2000).toBeCloseTo(1999 / 2000, 7)
  })
})

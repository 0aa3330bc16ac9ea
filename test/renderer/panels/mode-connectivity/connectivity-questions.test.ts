import { describe, expect, it } from 'vitest'
import {
  commonPhases,
  connectivityQuestions,
  defaultRegimes,
} from '../../../../src/renderer/panels/mode-connectivity/connectivity-questions.ts'
import type { RunSummary } from '../../../../src/shared/runs/runs.ts'
import { runSummary } from '../../support/run-summary.ts'

const phases = (...ids: string[]) => ids.map((id) => ({ id, name: id, epochs: 1 })) as unknown as RunSummary['phases']
const run = (id: string, seed: number, ...ids: string[]) => runSummary({ id, seed, phases: phases(...ids) })

describe('questions about the connectivity of runs', () => {
  it('are sent seed by seed, and not for a seed with one run', () => {
    const runs = [run('a1', 1), run('b1', 1), run('a2', 2), run('b2', 2), run('a3', 3)]
    const questions = connectivityQuestions(runs, { byHand: false, parameters: { points: 9 } })
    expect(questions.map(({ runs: ids, parameters }) => [ids.join(), parameters.points])).toEqual([
      ['a1,b1', 9],
      ['a2,b2', 9],
    ])
  })

  it('are of every pair where runs were chosen by hand', () => {
    const [question] = connectivityQuestions([run('a1', 1), run('a2', 2)], { byHand: true, parameters: {} })
    expect(question!.runs).toEqual(['a1', 'a2'])
  })

  it('are about the regimes that the paper compares, where they are all there', () => {
    expect(defaultRegimes(['disjoint', 'joint', 'mixed', 'separate'])).toEqual(['disjoint', 'joint', 'mixed'])
    expect(defaultRegimes(['joint', 'separate'])).toEqual(['joint', 'separate'])
  })

  it('are named after what two runs have in common', () => {
    expect(commonPhases(run('a', 1, 'p', 'q'), run('b', 1, 'p', 'r'))).toBe('shared phase 1')
    expect(commonPhases(run('a', 1, 'p', 'q', 's'), run('b', 1, 'p', 'q', 'r'))).toBe('shared phases 1–2')
    expect(commonPhases(run('a', 1, 'p'), run('b', 1, 'r'))).toBe('trained apart')
  })
})

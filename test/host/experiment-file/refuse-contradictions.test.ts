import { describe, expect, it } from 'vitest'
import { ExitlabError } from '../../../src/shared/error.ts'
import { parseExperiment } from '../../../src/main/host/experiment-file/read-experiment.ts'
import { refuseContradictions, withProblem } from '../../../src/main/host/experiment-file/refuse-contradictions.ts'

const source = `name: x
data: { source: mnist }
network:
  family: resnet
  blockCounts: [2, 2]
regimes: [joint]
`
const file = parseExperiment(source, 'x.yaml')

describe('an experiment that no file was read for', () => {
  it('is let through where nothing contradicts itself', () => {
    expect(() => refuseContradictions({ file, source: null })).not.toThrow()
  })

  it('is refused with every contradiction and where it is', () => {
    const regimes = ['joint', 'mixed', 'joint'] as const
    const wrong = { ...file, regimes: [...regimes], seeds: [4, 4] }
    const problems = [
      { path: ['regimes', 2], message: 'regime joint is item 0 already; expected each regime once' },
      { path: ['seeds', 1], message: 'seed 4 is item 0 already; expected each seed once' },
    ]
    const message = problems.map((problem) => `${problem.path[0]}[${problem.path[1]}]: ${problem.message}`).join('\n')
    expect(() => refuseContradictions({ file: wrong, source: null })).toThrow(
      expect.objectContaining({ code: 'invalid-experiment', message, problems }),
    )
  })

  it('is refused with lines and columns where its text is known', () => {
    const text = source.replace('[joint]', '[joint, joint]')
    expect(() => refuseContradictions({ file: { ...file, regimes: ['joint', 'joint'] }, source: text })).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ line: 6, column: 18 })] }),
    )
  })
})

describe("an engine's refusal", () => {
  it('has the key that it begins with as its problem', () => {
    const error = new ExitlabError('invalid-experiment', 'network.blockCounts: expected 3 stages')
    expect(withProblem(error, { file, source })).toMatchObject({
      code: 'invalid-experiment',
      message: error.message,
      problems: [{ path: ['network', 'blockCounts'], message: 'expected 3 stages', line: 5, column: 3 }],
    })
  })

  it.each([
    new ExitlabError('data', 'data.path: no such folder'),
    new ExitlabError('invalid-experiment', 'heads.0.conv: does not fit its input'),
    new ExitlabError('invalid-experiment', 'regime joint: the network has no exit'),
  ])('is left alone where it names no key: %s', (error) => {
    expect(withProblem(error, { file, source })).toBe(error)
  })
})

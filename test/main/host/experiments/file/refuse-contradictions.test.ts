import { describe, expect, it } from 'vitest'
import { ExitlabError, settingRefused } from '../../../../../src/shared/basics/error.ts'
import { parseExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'
import { refuseContradictions, withLines } from '../../../../../src/main/host/experiments/file/refuse-contradictions.ts'

const source = `name: x
data: { source: mnist }
network:
  family: resnet
  blockCounts: [2, 2]
regimes: [joint]
`
const file = parseExperiment(source, 'x.yaml')

describe('an experiment without a file', () => {
  it('is accepted where nothing contradicts itself', () => {
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
      expect.objectContaining({ code: 'invalid-experiment', message, fields: { problems } }),
    )
  })

  it('is refused with a size of another head than its own', () => {
    const { network } = file
    const of = (changes: object) => () =>
      refuseContradictions({ file: { ...file, network: { ...network, ...changes } }, source: null })
    const message = 'network.gpfDim: only head gpf has a gpfDim, not pooled; leave it out'
    expect(of({ gpfDim: 8 })).toThrow(expect.objectContaining({ message }))
    expect(of({ head: 'gpf', gpfDim: 8 })).not.toThrow()
  })

  it('is refused with lines and columns where its text is known', () => {
    const text = source.replace('[joint]', '[joint, joint]')
    expect(() => refuseContradictions({ file: { ...file, regimes: ['joint', 'joint'] }, source: text })).toThrow(
      expect.objectContaining({ fields: { problems: [expect.objectContaining({ line: 6, column: 18 })] } }),
    )
  })
})

describe("an engine's refusal", () => {
  it('is reported with the line of the setting that it is about', () => {
    const error = settingRefused(['network', 'blockCounts'], 'expected 3 stages')
    expect(withLines(error, { source })).toMatchObject({
      code: 'invalid-experiment',
      message: 'network.blockCounts: expected 3 stages',
      fields: { problems: [{ path: ['network', 'blockCounts'], message: 'expected 3 stages', line: 5, column: 3 }] },
    })
  })

  it.each([
    new ExitlabError('data', 'no such folder'),
    new ExitlabError('invalid-experiment', 'heads.0.conv: does not fit its input'),
  ])('is not changed where it is about no setting: %s', (error) => {
    expect(withLines(error, { source })).toBe(error)
  })
})

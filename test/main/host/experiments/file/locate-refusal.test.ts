import { describe, expect, it } from 'vitest'
import type { ErrorCode, Problem } from '../../../../../src/shared/basics/error.ts'
import { locateRefusal } from '../../../../../src/main/host/experiments/file/locate-refusal.ts'

const source = 'name: x\nnetwork:\n  family: resnet\n  exits: all\nseeds: [1, 1]\n'

function refusalOf(code: ErrorCode, problems?: Problem[]): Error {
  return Object.assign(new Error('refused'), { data: { code, problems } })
}

describe("a host's refusal of an experiment", () => {
  it('is shown in the lines of the file', () => {
    const error = refusalOf('invalid-experiment', [
      { path: ['network', 'exits'], message: 'block 9 cannot have an exit' },
      { path: ['seeds', 1], message: 'seed 1 is item 0 already' },
    ])
    expect(locateRefusal(error, { path: 'x.yaml', source })).toMatchObject({
      code: 'invalid-experiment',
      message: `2 problems in x.yaml

x.yaml:4:10: network.exits: block 9 cannot have an exit
  4 |   exits: all
    |          ^^^

x.yaml:5:12: seeds[1]: seed 1 is item 0 already
  5 | seeds: [1, 1]
    |            ^`,
    })
  })

  it('is placed at the enclosing key where its own is not in the file', () => {
    const error = refusalOf('invalid-experiment', [{ path: ['network', 'patchSize'], message: 'does not divide' }])
    expect(locateRefusal(error, { path: 'x.yaml', source })).toMatchObject({
      message: expect.stringContaining('x.yaml:2:1: network.patchSize: does not divide'),
    })
  })

  it.each([
    ['names no key', refusalOf('invalid-experiment')],
    ['is about the request', refusalOf('usage', [{ path: ['file', 'seeds'], message: 'expected array' }])],
    ['is none of the contract', new Error('lost')],
  ])('is not changed where it %s', (_, error) => {
    expect(locateRefusal(error, { path: 'x.yaml', source })).toBe(error)
  })
})

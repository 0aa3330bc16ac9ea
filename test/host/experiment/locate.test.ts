import { describe, expect, it } from 'vitest'
import { ExitlabError } from '../../../src/shared/error.ts'
import { locateRefusal } from '../../../src/main/host/experiment/locate.ts'

const source = 'name: x\nnetwork:\n  family: resnet\n  exits: all\n'

describe("an engine's refusal", () => {
  it('is given the place of the key it is about', () => {
    const error = new ExitlabError('invalid-experiment', 'network.exits: block 9 cannot have an exit')
    expect(locateRefusal(error, { path: 'x.yaml', source })).toMatchObject({
      code: 'invalid-experiment',
      message: expect.stringContaining('x.yaml:4:10: network.exits: block 9 cannot have an exit'),
    })
  })

  it('is placed at the enclosing key where its own is not in the file', () => {
    const error = new ExitlabError('invalid-experiment', 'network.patchSize: does not divide')
    expect(locateRefusal(error, { path: 'x.yaml', source })).toMatchObject({
      message: expect.stringContaining('x.yaml:2:1: network.patchSize: does not divide'),
    })
  })

  it('is left alone where it names no key', () => {
    const error = new ExitlabError('data', 'no such folder: /data')
    expect(locateRefusal(error, { path: 'x.yaml', source })).toBe(error)
  })
})

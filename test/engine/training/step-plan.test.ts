import { describe, expect, it } from 'vitest'
import { stepsTaken } from '../../../src/engine/optimisers/steps-taken.ts'
import { exitsInLoss, planSteps, trainedParameters } from '../../../src/engine/training/step-plan.ts'
import { phaseOf, readFixture } from './fixture.ts'

const { network: spec } = readFixture('resnet')
const namesOf = (parameters: readonly { name: string }[]) => parameters.map(({ name }) => name)
const groupsOf = (parameters: readonly { group: string }[]) => [...new Set(parameters.map(({ group }) => group))]

describe('stepsTaken', () => {
  it('counts the steps in which an entry of the cycle ran', () => {
    const cycle = [true, false, true, true, false]
    for (let step = 0, taken = 0; step < 23; step++) {
      if (cycle[step % cycle.length]) taken++
      expect(stepsTaken(cycle, step)).toBe(taken)
    }
  })
})

describe('planSteps', () => {
  it('alternating: steps everything but the heads on even steps, everything on odd ones', () => {
    const { network, phase } = phaseOf(spec, 'alternating', 0)
    const [even, odd] = planSteps(network, phase)
    expect(even!.exits).toEqual([2])
    expect(odd!.exits).toEqual([0, 1, 2])
    const evenNames = even!.parameters.map(({ name }) => name)
    expect(odd!.parameters.map(({ name }) => name).filter((name) => !evenNames.includes(name))).toEqual(
      namesOf(trainedParameters(network, phase)).filter((name) => name.startsWith('heads.')),
    )
    expect(even!.parameters.every(({ cycle }) => cycle.join() === 'true,true')).toBe(true)
    expect(odd!.parameters.find(({ name }) => name === 'heads.0.mix')!.cycle).toEqual([false, true])
  })

  it('disjoint: the heads’ phase trains heads only, and no buffers', () => {
    const { network, phase } = phaseOf(spec, 'disjoint', 1)
    expect(groupsOf(trainedParameters(network, phase))).toEqual(['heads.0', 'heads.1'])
    expect(namesOf(trainedParameters(network, { ...phase, trains: ['stem'] }))).toEqual([
      'stem.conv.weight',
      'stem.bn.weight',
      'stem.bn.bias',
    ])
  })
})

it('the exits in the loss are those with a weight anywhere in the cycle', () => {
  expect(exitsInLoss(phaseOf(spec, 'alternating', 0).phase)).toEqual([0, 1, 2])
  expect(exitsInLoss(phaseOf(spec, 'branch-wise', 1).phase)).toEqual([1])
})

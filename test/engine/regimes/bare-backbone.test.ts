import { describe, expect, it } from 'vitest'
import { keepsBareBackbone, regimes, withPhases } from '../../../src/engine/regimes/index.ts'
import type { WrittenPhase } from '../../../src/shared/phases/written-phase.ts'

describe('the final exit is the bare backbone', () => {
  it('of disjoint alone among Exitlab’s regimes', () => {
    expect(regimes.names().filter((name) => keepsBareBackbone(withPhases(name)))).toEqual(['disjoint'])
  })

  it.each<[expected: boolean, phases: WrittenPhase[]]>([
    [true, [{ trains: 'backbone' }, { trains: ['heads.0'] }, { trains: ['heads'], exits: 'all' }]],
    [true, [{ trains: 'backbone' }, { name: 'each', trains: 'heads', forEach: 'early-exit', exits: 'this' }]],
    [true, [{ name: 'b', trains: 'backbone' }, { trains: 'all' }, { trains: 'heads', from: 'b' }]],
    [false, [{ trains: 'backbone' }, { trains: 'heads', from: 'fresh' }]],
    [false, [{ trains: 'backbone' }, { trains: 'all' }, { trains: 'heads' }]],
    [false, [{ trains: 'backbone' }, { trains: ['heads', 'classifier'] }]],
    [false, [{ trains: 'backbone' }, { trains: 'segment', forEach: 'exit', exits: 'this' }]],
    [false, [{ trains: 'heads' }]],
  ])('%s with phases %j', (expected, phases) => {
    expect(keepsBareBackbone({ name: 'mine', phases })).toBe(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/shared/basics/canonical-json.ts'
import { phaseSpec, paperRegimes } from '../../../src/shared/phases/phase.ts'
import type { PhaseSpec, PaperRegime } from '../../../src/shared/phases/phase.ts'
import type { RegimeNetwork } from '../../../src/engine/regimes/index.ts'
import { phasesOf, regimes } from '../../../src/engine/regimes/index.ts'
import { networkOf } from '../../support/regime-networks.ts'

const namesOf = ({ groups }: RegimeNetwork) => groups.map(({ name }) => name)

const small = networkOf(4, [0, 2])
const placements = {
  'one exit': networkOf(3, [1]),
  'every block': networkOf(3, [0, 1, 2]),
  'a transformer with an exit on its last block': networkOf(12, [1, 10, 11], ['norm', 'classifier']),
  small,
}

const identity = (phase: PhaseSpec) => canonicalJson({ ...phase, name: '' })

describe.each(Object.entries(placements))('every regime on %s', (_, network) => {
  it.each(paperRegimes)('%s: names parts and exits that exist, in order', (name) => {
    for (const phase of phasesOf(name, network)) {
      const exitCount = phase.network === 'backbone' ? 1 : network.exits.length
      expect(phaseSpec.parse(JSON.parse(JSON.stringify(phase)))).toEqual(phase)
      expect(namesOf(network).filter((part) => phase.trains.includes(part))).toEqual(phase.trains)
      for (const weights of phase.lossCycle) {
        expect(weights).toHaveLength(exitCount)
        expect(weights.some((weight) => weight > 0)).toBe(true)
      }
      expect(phase.stopsOn.every((exit) => exit < exitCount && phase.lossCycle.at(-1)![exit]! > 0)).toBe(true)
    }
  })

  it.each(paperRegimes)('%s: trains every part of the network in some phase', (name) => {
    const trained = new Set(phasesOf(name, network).flatMap((phase) => phase.trains))
    expect(namesOf(network).filter((part) => !trained.has(part))).toEqual([])
  })

  it('shares the backbone phase between disjoint, mixed and mixed-gradual', () => {
    const first = (['disjoint', 'mixed', 'mixed-gradual'] as const).map((name) => identity(phasesOf(name, network)[0]!))
    expect(new Set(first).size).toBe(1)
  })

  it('shares the first step of branch-wise and separate', () => {
    expect(identity(phasesOf('separate', network)[0]!)).toBe(identity(phasesOf('branch-wise', network)[0]!))
  })

  it('ends joint, mixed, separate and mixed-gradual with the same data', () => {
    const last = (['joint', 'mixed', 'separate', 'mixed-gradual'] as const).map((name) =>
      identity(phasesOf(name, network).at(-1)!),
    )
    expect(new Set(last).size).toBe(1)
  })
})

describe('phases of the small network', () => {
  const summary = (name: PaperRegime) =>
    phasesOf(name, small).map(({ trains, lossCycle, stopsOn }) => ({ trains: trains.join(' '), lossCycle, stopsOn }))
  const [half, third] = [1 / 2, 1 / 3]

  it('disjoint: the heads stop on themselves, and their loss includes the frozen final exit', () => {
    expect(summary('disjoint')).toEqual([
      { trains: 'stem blocks.0 blocks.1 blocks.2 blocks.3 classifier', lossCycle: [[1]], stopsOn: [0] },
      { trains: 'heads.0 heads.1', lossCycle: [[third, third, third]], stopsOn: [0, 1] },
    ])
  })

  it('branch-wise: a step trains the piece between two exits', () => {
    expect(summary('branch-wise')).toEqual([
      { trains: 'stem blocks.0 heads.0', lossCycle: [[1, 0, 0]], stopsOn: [0] },
      { trains: 'blocks.1 blocks.2 heads.1', lossCycle: [[0, 1, 0]], stopsOn: [1] },
      { trains: 'blocks.3 classifier', lossCycle: [[0, 0, 1]], stopsOn: [2] },
    ])
  })

  it('separate: a step trains everything up to its exit', () => {
    expect(summary('separate').slice(0, 2)).toEqual([
      { trains: 'stem blocks.0 heads.0', lossCycle: [[1, 0, 0]], stopsOn: [0] },
      { trains: 'stem blocks.0 heads.0 blocks.1 blocks.2 heads.1', lossCycle: [[half, half, 0]], stopsOn: [0, 1] },
    ])
  })

  it('names the final exit as such', () => {
    const names = (regime: PaperRegime) => phasesOf(regime, small).map(({ name }) => name)
    expect(names('branch-wise')).toEqual(['branch 0', 'branch 1', 'branch final'])
    expect(names('separate')).toEqual(['exits up to 0', 'exits up to 1', 'exits up to final'])
  })

  it('alternating: the final exit first, then all', () => {
    expect(summary('alternating').map(({ lossCycle }) => lossCycle)).toEqual([
      [
        [0, 0, 1],
        [third, third, third],
      ],
    ])
  })

  it('mixed-gradual: exits are added from the deepest to the shallowest', () => {
    expect(summary('mixed-gradual').slice(1)).toEqual([
      {
        trains: 'stem blocks.0 blocks.1 blocks.2 heads.1 blocks.3 classifier',
        lossCycle: [[0, half, half]],
        stopsOn: [1, 2],
      },
      { trains: namesOf(small).join(' '), lossCycle: [[third, third, third]], stopsOn: [0, 1, 2] },
    ])
  })
})

it('lists the paper’s regimes, then the baseline, each with its description', () => {
  expect(regimes.names()).toEqual([...paperRegimes, 'backbone'])
  for (const [, { info }] of regimes.entries()) expect(info.title && info.sentence && info.paper).toBeTruthy()
})

it('refuses a network without exits', () => {
  expect(() => phasesOf('joint', networkOf(3, []))).toThrow(
    /^network\.exits: regime joint needs at least one early exit/,
  )
})

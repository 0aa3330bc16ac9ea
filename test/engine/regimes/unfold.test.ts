import { describe, expect, it } from 'vitest'
import type { ExitlabError } from '../../../src/shared/basics/error.ts'
import type { WrittenPhase } from '../../../src/shared/phases/written-phase.ts'
import { phasesOf, unfold } from '../../../src/engine/regimes/index.ts'
import { networkOf } from '../../support/regime-networks.ts'

/** stem, blocks 0 to 3, heads behind blocks 0 and 2. */
const network = networkOf(4, [0, 2])
const unfolded = (...phases: WrittenPhase[]) => unfold({ name: 'mine', phases }, network, ['regimes', 3])
const phaseOf = (phase: WrittenPhase) => unfolded(phase)[0]!.phase

function problemOf(...phases: WrittenPhase[]) {
  try {
    unfolded(...phases)
  } catch (error) {
    return (error as ExitlabError).fields.problems![0]!
  }
  throw new Error('it was accepted')
}

it('makes equal data of equal phases, whatever their regime is called', () => {
  const [first, second] = unfolded({ trains: 'backbone' }, { trains: 'heads' }, { trains: 'all' }).map(
    ({ phase }) => phase,
  )
  expect([first, second]).toEqual(phasesOf('disjoint', network))
  expect(phaseOf({ name: 'other', trains: 'all', exits: [0, 1, 'final'] })).toEqual({
    ...phasesOf('joint', network)[0]!,
    name: 'other',
  })
})

describe('parts', () => {
  it.each<[string[], string]>([
    [['stem'], 'stem'],
    [['blocks'], 'blocks.0 blocks.1 blocks.2 blocks.3'],
    [['blocks.1-3'], 'blocks.1 blocks.2 blocks.3'],
    [['classifier', 'heads.1', 'blocks.2'], 'blocks.2 heads.1 classifier'],
    [['heads'], 'heads.0 heads.1'],
  ])('%j are %s, in the network’s order', (trains, groups) => {
    expect(phaseOf({ trains }).trains.join(' ')).toBe(groups)
  })

  it('of a list are trained by the loss of the exits that depend on them', () => {
    const half = 1 / 2
    expect(phaseOf({ trains: ['blocks.1'] })).toMatchObject({ lossCycle: [[0, half, half]], stopsOn: [1, 2] })
    expect(phaseOf({ trains: ['heads.0'] })).toMatchObject({ lossCycle: [[1, 0, 0]], stopsOn: [0] })
  })

  it('of heads alone leave the frozen final exit in the loss, as disjoint does, and do not stop on it', () => {
    const third = 1 / 3
    expect(phaseOf({ trains: 'heads' })).toMatchObject({ lossCycle: [[third, third, third]], stopsOn: [0, 1] })
  })

  it('heads are all of them with what they share, listed or not', () => {
    const shared = {
      groups: [...network.groups, { name: 'gpf', kind: 'head' as const }],
      exits: network.exits.map((each) => (each.block === null ? each : { ...each, reaches: [...each.reaches, 'gpf'] })),
    }
    const phases: WrittenPhase[] = [
      { trains: 'heads', learningRates: { heads: 0.5 } },
      { trains: ['heads'], learningRates: { heads: 0.5 } },
    ]
    const [word, list] = unfold({ name: 'mine', phases }, shared, []).map(({ phase }) => phase)
    expect(list!.trains).toEqual(['heads.0', 'heads.1', 'gpf'])
    expect(list!.trains).toEqual(word!.trains)
    const half = { 'heads.0': 0.5, 'heads.1': 0.5, gpf: 0.5 }
    expect([word!.learningRates, list!.learningRates]).toEqual([half, half])
  })

  it('that do not exist are refused with those that do', () => {
    expect(problemOf({ trains: 'backbone' }, { trains: ['stem', 'block.2'] })).toEqual({
      path: ['regimes', 3, 'phases', 1, 'trains', 1],
      message:
        'the network has no part block.2; did you mean "blocks.2"?; expected stem, blocks.0 to blocks.3, heads.0 to heads.1, classifier',
    })
    expect(problemOf({ trains: ['blocks.2-7'] }).message).toMatch(/^the network has no part blocks\.2-7/)
    expect(problemOf({ trains: ['blocks.3-2'] }).message).toMatch(/^the network has no part blocks\.3-2/)
    expect(problemOf({ trains: ['blocks.3-2'] }).message).toMatch(/^the network has no part blocks\.3-2/)
  })

  it.each<[WrittenPhase, string]>([
    [{ trains: 'heads', exits: 'final' }, 'heads.0, heads.1'],
    [{ trains: ['blocks.0', 'blocks.3'], exits: [0] }, 'blocks.3'],
  ])('that the loss does not depend on are refused: %j', (phase, idle) => {
    const { path, message } = problemOf(phase)
    expect(path).toEqual(['regimes', 3, 'phases', 0, 'trains'])
    expect(message).toContain(`does not depend on ${idle}, so that it trains nothing there`)
  })
})

it('exits whose metrics never change are refused to early stopping', () => {
  const { path, message } = problemOf({ trains: 'heads', stopsOn: 'final' })
  expect(path).toEqual(['regimes', 3, 'phases', 0, 'stopsOn'])
  expect(message).toMatch(/^none of these exits depends on a part that the phase trains/)
  expect(phaseOf({ trains: 'heads', stopsOn: [0, 'final'] }).stopsOn).toEqual([0, 2])
})

it('steps of a cycle that train nothing are refused', () => {
  expect(problemOf({ trains: 'heads', cycle: ['all', 'final'] })).toEqual({
    path: ['regimes', 3, 'phases', 0, 'cycle', 1],
    message:
      'the loss of this step (exits final) depends on no part that the phase trains; leave the step out, or add an exit that does',
  })
  expect(problemOf({ trains: ['heads.0', 'heads.1'], cycle: [[0], [1], [1, 'final'], ['final']] }).path).toContain(3)
})

describe('exits', () => {
  it('of a cycle alternate from step to step, and the phase trains all that they reach', () => {
    expect(phaseOf({ trains: 'all', cycle: [[0], [1]], stopsOn: [1] })).toMatchObject({
      trains: ['stem', 'blocks.0', 'heads.0', 'blocks.1', 'blocks.2', 'heads.1'],
      lossCycle: [
        [1, 0, 0],
        [0, 1, 0],
      ],
      stopsOn: [1],
    })
  })

  it.each([2, 7])('%i is refused, with those that there are', (exit) => {
    expect(problemOf({ trains: 'all', exits: [0, exit] })).toEqual({
      path: ['regimes', 3, 'phases', 0, 'exits', 1],
      message: `the network has no early exit ${exit}; expected 0 to 1, or final`,
    })
  })

  it('that are not in the loss cannot be stopped on', () => {
    expect(problemOf({ trains: 'all', exits: [0], stopsOn: [0, 'final'] })).toEqual({
      path: ['regimes', 3, 'phases', 0, 'stopsOn'],
      message: 'exit 2 is not in the loss of the phase, so that it is not evaluated',
    })
  })
})

describe('what a phase starts from', () => {
  const from = (...phases: WrittenPhase[]) => unfolded(...phases).map((each) => each.from)

  it('is the phase before, an earlier one by its name or what it trains, or nothing', () => {
    expect(
      from(
        { trains: 'backbone' },
        { name: 'a', trains: 'all' },
        { trains: 'heads', from: 'backbone' },
        { trains: 'all', from: 'a' },
        { trains: 'all', from: 'fresh' },
      ),
    ).toEqual([null, 0, 0, 1, null])
  })

  it('is the last of a repeated phase', () => {
    const repeated: WrittenPhase = { name: 'each', forEach: 'exit', trains: 'segment', exits: 'this' }
    const phases = unfolded({ trains: 'backbone' }, { ...repeated, from: 'fresh' }, { trains: 'all', from: 'each' })
    expect(phases.map(({ from }) => from)).toEqual([null, null, 1, 2, 3])
    expect(phases.map(({ phase }) => phase.name)).toEqual(['backbone', 'each 0', 'each 1', 'each final', 'all exits'])
  })
})

it('refuses a row of parts however long it is', () => {
  for (const last of ['99999999999', '9'.repeat(400)])
    expect(problemOf({ trains: [`blocks.0-${last}`] }).message).toContain(`no part blocks.0-${last}`)
})

describe('factors of the learning rate', () => {
  const rates = (learningRates: Record<string, number>, phase: WrittenPhase = { trains: 'all' }) =>
    phaseOf({ ...phase, learningRates }).learningRates

  it('are by part, and those of 1 make no difference to what is trained', () => {
    expect(rates({ backbone: 0.1, 'blocks.2': 0.5, heads: 1 })).toEqual({
      stem: 0.1,
      'blocks.0': 0.1,
      'blocks.1': 0.1,
      'blocks.2': 0.5,
      'blocks.3': 0.1,
      classifier: 0.1,
    })
    expect(phaseOf({ trains: 'all', learningRates: { backbone: 1 } })).toEqual(phaseOf({ trains: 'all' }))
  })

  it('are those of the key that names the fewest parts, in whatever order the keys are written', () => {
    const byPart = { backbone: 0.1, blocks: 0.2, 'blocks.1-3': 0.3, 'blocks.2': 0.4 }
    const expected = { stem: 0.1, 'blocks.0': 0.2, 'blocks.1': 0.3, 'blocks.2': 0.4, 'blocks.3': 0.3, classifier: 0.1 }
    expect(rates(byPart)).toEqual(expected)
    expect(rates(Object.fromEntries(Object.entries(byPart).toReversed()))).toEqual(expected)
  })

  it('of two keys that name equally many parts are refused where they differ', () => {
    const learningRates = { 'blocks.0-1': 0.1, 'blocks.1-2': 0.2 }
    expect(problemOf({ trains: 'all', learningRates })).toEqual({
      path: ['regimes', 3, 'phases', 0, 'learningRates', 'blocks.1-2'],
      message: 'blocks.0-1 gives blocks.1 another factor, and names as many parts; give blocks.1 a key of its own',
    })
    expect(rates({ ...learningRates, 'blocks.1': 0.5 })).toEqual({ 'blocks.0': 0.1, 'blocks.1': 0.5, 'blocks.2': 0.2 })
    expect(rates({ 'blocks.0-1': 0.1, 'blocks.1-2': 0.1 })).toEqual({
      'blocks.0': 0.1,
      'blocks.1': 0.1,
      'blocks.2': 0.1,
    })
  })

  it('of parts that are not there or not trained are refused', () => {
    expect(problemOf({ trains: 'heads', learningRates: { backbone: 0.1 } })).toEqual({
      path: ['regimes', 3, 'phases', 0, 'learningRates', 'backbone'],
      message: 'the phase does not train backbone; leave it out',
    })
    expect(problemOf({ trains: 'heads', learningRates: { neck: 2 } }).message).toMatch(/^the network has no part neck/)
  })
})

describe('a network without exits', () => {
  const bare = networkOf(3, [])

  it('is trained by regimes of the backbone alone', () => {
    expect(phasesOf('backbone', bare)).toEqual([
      {
        name: 'backbone',
        network: 'backbone',
        trains: ['stem', 'blocks.0', 'blocks.1', 'blocks.2', 'classifier'],
        lossCycle: [[1]],
        stopsOn: [0],
      },
    ])
    expect(() => phasesOf('disjoint', bare)).toThrow(/^network\.exits: regime disjoint needs at least one early exit/)
  })
})

import { afterEach, describe, expect, it, test, vi } from 'vitest'
import { z } from 'zod'
import {
  countsHeadLoss,
  exitWeightsOf,
  isBalanced,
  meanExitWeights,
  withObjective,
} from '../../../src/engine/objectives/exit-weights.ts'
import type { Weighting } from '../../../src/engine/objectives/index.ts'
import { weightings } from '../../../src/engine/objectives/index.ts'
import { costs } from '../../../src/engine/cost/ledger.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { phasesOf } from '../../../src/engine/regimes/index.ts'
import { experimentFile } from '../../../src/contract/experiment/experiment.ts'
import { paperRegimes } from '../../../src/shared/phases/phase.ts'
import type { Objective } from '../../../src/shared/methods/objective.ts'
import type { PaperRegime, PhaseSpec } from '../../../src/shared/phases/phase.ts'
import { smallResnet } from '../../support/networks.ts'
import { onnxModel, onnxSpec } from '../../support/onnx-fixtures.ts'

/** Exits 0, 1 and the final one. */
const network = createNetwork(smallResnet())
const phaseOf = (regime: PaperRegime, index = 0) => phasesOf(regime, network)[index]!

/** w = 1, 2, 3, … times the epoch. */
const steep: Weighting = {
  info: { title: 'Steep', sentence: '', paper: '' },
  parameters: z.strictObject({ factor: z.number().positive().default(2) }),
  normalised: true,
  weights: ({ exitCount, epoch, parameters }) =>
    Array.from({ length: exitCount }, (_, exit) => 1 + exit * epoch * parameters.factor!),
}

/** Makes a weighting known until the test ends. */
function use(weighting: Weighting): { weighting: string; parameters: { factor: number } } {
  const { get } = weightings
  vi.spyOn(weightings, 'get').mockImplementation((name) => (name === 'made' ? weighting : get(name)))
  return { weighting: 'made', parameters: { factor: 1 } }
}
afterEach(() => vi.restoreAllMocks())

describe('without an objective', () => {
  it.each(paperRegimes)('%s: the weights are those of its phases, to the bit', (regime) => {
    for (const phase of phasesOf(regime, network).filter((each) => each.network === 'multi-exit')) {
      const weightsOf = exitWeightsOf({ network, phase })
      expect(phase.lossCycle.map((_, entry) => weightsOf(entry, 3))).toEqual(phase.lossCycle)
    }
  })
})

describe('a weighting', () => {
  it('of which some exits run keeps their ratios, with a sum of 1', () => {
    const objective = use(steep)
    const separate = { ...phaseOf('separate', 1), objective }
    expect(exitWeightsOf({ network, phase: separate })(0, 1)).toEqual([1 / 3, 2 / 3, 0])
    expect(exitWeightsOf({ network, phase: separate })(0, 2)).toEqual([1 / 4, 3 / 4, 0])
    const alternating = { ...phaseOf('alternating'), objective }
    expect(meanExitWeights({ network, phase: alternating }, 1)).toEqual([1 / 12, 2 / 12, 3 / 4])
  })

  it('is not divided by its sum if it is not normalised', () => {
    const objective = use({ ...steep, normalised: false })
    const phase = { ...phaseOf('separate', 1), objective }
    expect(exitWeightsOf({ network, phase })(0, 4)).toEqual([1, 5, 0])
  })

  it.each([
    ['of other numbers', [1, 2], 'the weights [1, 2] in epoch 3'],
    ['that is no number', [1, NaN, 1], 'the weights [1, NaN, 1] in epoch 3'],
    ['below 0', [1, -1, 1], 'expected a finite number for each of 3 exits, none below 0 and not all 0'],
    ['of 0 for all exits', [0, 0, 0], 'The weighting “made” gave'],
  ])('%s is refused', (_, weights, message) => {
    const phase = { ...phaseOf('joint'), objective: use({ ...steep, weights: () => weights }) }
    expect(() => exitWeightsOf({ network, phase })(0, 3)).toThrow(message)
  })

  it('receives the costs of the exits as shares of the backbone’s', () => {
    const objective = use({ ...steep, normalised: false, weights: ({ exitCosts }) => [...exitCosts] })
    const weights = exitWeightsOf({ network, phase: { ...phaseOf('joint'), objective } })(0, 1)
    expect(weights.toSorted((a, b) => a - b)).toEqual(weights)
    expect(weights[0]).toBeGreaterThan(0)
    expect(weights.at(-1)).toBeGreaterThan(1)
    expect(weights.at(-1)).toBeLessThan(1.5)
  })
})

describe('a phase', () => {
  const joint = phaseOf('joint')
  const under = (objective: Objective) => ({ ...joint, objective })

  it('counts the own loss of heads under the weighting that has it alone', () => {
    expect(countsHeadLoss(under({ weighting: 'gpf' }))).toBe(true)
    expect(countsHeadLoss(under({ weighting: 'increasing' }))).toBe(false)
    expect(countsHeadLoss(joint)).toBe(false)
  })

  it('balances gradients under gradient equilibrium alone', () => {
    expect(isBalanced(under({ weighting: 'uniform', gradients: 'equilibrium' }))).toBe(true)
    expect(isBalanced(under({ weighting: 'sdn' }))).toBe(false)
    expect(isBalanced(joint)).toBe(false)
  })
})

describe('withObjective', () => {
  it('changes nothing without an objective, and under the uniform one', () => {
    const phase = phaseOf('joint')
    expect(withObjective(phase, undefined, network)).toBe(phase)
    expect(withObjective(phase, { weighting: 'uniform' }, network)).toBe(phase)
  })

  it('keeps an objective where only some steps have a single exit', () => {
    const objective = use(steep)
    expect(withObjective(phaseOf('alternating'), objective, network).objective).toEqual(objective)
  })

  it('leaves out an objective that changes nothing, so that the phase is shared', () => {
    const objective = use(steep)
    expect(withObjective(phaseOf('mixed', 0), objective, network)).toEqual(phaseOf('mixed', 0))
    expect(withObjective(phaseOf('branch-wise', 1), objective, network)).toEqual(phaseOf('branch-wise', 1))
    expect(withObjective(phaseOf('mixed', 1), objective, network)).toEqual({ ...phaseOf('mixed', 1), objective })
  })

  it('names the rule of counting where exits of a network of a file weigh otherwise by it, and weighs by that of the phase', () => {
    const own = createNetwork(onnxSpec(onnxModel('transformer'), { exits: [0, 1], head: '1L' }))
    const [joint] = phasesOf('joint', own) as [PhaseSpec]
    const sdn = { weighting: 'sdn', parameters: { rampEpochs: 1 } }
    const phase = withObjective(joint, sdn, own)
    expect(phase.counting).toBe(2)
    const shares = ([1, 2] as const).map((rule) => {
      const { backbone, exits } = costs(createNetwork(own.spec, rule))
      return [...exits.slice(0, -1).map((cost) => cost / backbone), 1]
    })
    const former = { ...phase }
    delete former.counting
    expect([former, phase].map((each) => exitWeightsOf({ network: own, phase: each })(0, 1))).toEqual(shares)
    // Of weights that do not follow from costs, of a built-in network, and of a file that both rules count alike.
    expect(withObjective(joint, { weighting: 'increasing' }, own)).not.toHaveProperty('counting')
    expect(withObjective(joint, use(steep), own)).not.toHaveProperty('counting')
    expect(withObjective(phaseOf('joint'), sdn, network)).not.toHaveProperty('counting')
    const alike = createNetwork(onnxSpec(onnxModel('dense'), { exits: [0, 1] }))
    expect(withObjective(phasesOf('joint', alike)[0]!, sdn, alike)).not.toHaveProperty('counting')
    const late = use({ ...steep, weights: ({ epoch, exitCosts }) => exitCosts.map((cost) => (epoch < 40 ? 1 : cost)) })
    expect(withObjective(joint, late, own).counting).toBe(2)
  })

  it('keeps an objective that scales the loss of a single exit', () => {
    const objective = use({ ...steep, normalised: false })
    expect(withObjective(phaseOf('branch-wise', 1), objective, network)).toEqual({
      ...phaseOf('branch-wise', 1),
      objective,
    })
    expect(withObjective(phaseOf('mixed', 0), objective, network)).toEqual(phaseOf('mixed', 0))
  })
})

describe('gradient equilibrium', () => {
  const equilibrium: Objective = { weighting: 'uniform', gradients: 'equilibrium' }
  const objectiveOf = (regime: PaperRegime, index: number, objective = equilibrium) =>
    withObjective(phaseOf(regime, index), objective, network).objective

  it('is kept where the losses of several exits train a part of the backbone, and only there', () => {
    for (const [regime, index] of [
      ['joint', 0],
      ['mixed', 1],
      ['separate', 1],
      ['alternating', 0],
      ['mixed-gradual', 1],
    ] as const)
      expect(objectiveOf(regime, index), regime).toEqual(equilibrium)
    for (const [regime, index] of [
      ['disjoint', 0],
      // The backbone is frozen, and gradients of heads are not scaled.
      ['disjoint', 1],
      ['branch-wise', 1],
      ['separate', 0],
    ] as const)
      expect(objectiveOf(regime, index), regime).toBeUndefined()
  })

  it('is left out where the trained part of the backbone has one exit, or only heads have several', () => {
    const made = {
      groups: [
        { name: 'stem', kind: 'backbone' },
        { name: 'heads.0', kind: 'head' },
        { name: 'last', kind: 'backbone' },
      ] as const,
      exits: [['stem', 'heads.0'], ['stem', 'heads.0', 'last']].map((reaches, exit) => ({ ...network.exits[exit]!, exit, reaches })), // prettier-ignore
    }
    const trained = (...trains: string[]) => {
      const phase = { ...phaseOf('joint'), trains, lossCycle: [[0.5, 0.5]], stopsOn: [0, 1] }
      return withObjective(phase, equilibrium, made as never).objective
    }
    expect(trained('stem')).toEqual(equilibrium)
    expect(trained('last')).toBeUndefined()
    expect(trained('heads.0')).toBeUndefined()
  })

  it('is left out separately from the weighting where it changes nothing', () => {
    const weighted = { weighting: 'sdn', parameters: { rampEpochs: 3 } }
    const both: Objective = { ...weighted, gradients: 'equilibrium' }
    expect(objectiveOf('joint', 0, both)).toEqual(both)
    expect(objectiveOf('disjoint', 1, both)).toEqual(weighted)
    expect(objectiveOf('mixed', 0, both)).toBeUndefined()
  })
})

describe('an experiment file', () => {
  const file = {
    name: 'small',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1], widths: [4] },
    regimes: ['joint'],
  }

  test.each([undefined, {}, { weighting: 'uniform' }, { weighting: 'uniform', parameters: {}, gradients: 'sum' }])(
    'with the objective %j has the identity of one without it',
    (objective) => {
      expect(experimentFile.parse({ ...file, ...(objective && { objective }) })).toEqual(experimentFile.parse(file))
      expect(experimentFile.parse({ ...file, ...(objective && { objective }) })).not.toHaveProperty('objective')
    },
  )

  it('includes every parameter of its objective in its identity, given or not', () => {
    const objectiveOf = (objective: object) => experimentFile.parse({ ...file, objective }).objective
    expect(objectiveOf({ weighting: 'sdn' })).toEqual({ weighting: 'sdn', parameters: { rampEpochs: 100 } })
    expect(objectiveOf({ weighting: 'gpf' })).toEqual({ weighting: 'gpf' })
    expect(objectiveOf({ gradients: 'equilibrium' })).toEqual({ weighting: 'uniform', gradients: 'equilibrium' })
  })

  it('refuses an unknown weighting, and unknown parameters', () => {
    const problems = (objective: object) =>
      experimentFile.safeParse({ ...file, objective }).error!.issues.map(({ path }) => path.join('.'))
    expect(problems({ weighting: 'unifrom' })).toEqual(['objective.weighting'])
    expect(problems({ parameters: { factor: 1 } })).toEqual(['objective.parameters'])
  })
})

describe('weights of four exits', () => {
  const exitCosts = [0.2, 0.5, 0.9, 1.1]
  const weightsOf = (name: string, parameters = {}, epoch = 1) => {
    const weighting = weightings.get(name)
    return weighting.weights({ exitCount: 4, epoch, exitCosts, parameters: weighting.parameters.parse(parameters) })
  }
  const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12) as number)

  test.each([
    ['uniform', {}, [1, 1, 1, 1]],
    ['increasing', {}, [0.6, 0.6 + 0.8 / 3, 0.6 + 1.6 / 3, 1.4]],
    ['increasing', { first: 1, last: 4 }, [1, 2, 3, 4]],
    ['decreasing', {}, [1.4, 1.4 - 0.8 / 3, 1.4 - 1.6 / 3, 0.6]],
    ['decreasing', { last: 0.2 }, [1.4, 1, 0.6, 0.2]],
    ['gpf', {}, [1, 2, 3, 4]],
  ])('%s with %j do not depend on the epoch', (name, parameters, expected) => {
    for (const epoch of [1, 7]) expect(weightsOf(name, parameters, epoch)).toEqual(close(expected))
  })

  test.each([
    [{}, 1, [0.01 + 0.002, 0.01 + 0.005, 0.01 + 0.009, 1]],
    [{}, 50, [0.01 + 0.1, 0.01 + 0.25, 0.01 + 0.45, 1]],
    // Of 0.2 the ramp ends at epoch 95, of 0.9 at epoch 99.
    [{}, 98, [0.2, 0.01 + 0.49, 0.01 + 0.882, 1]],
    [{}, 1000, [0.2, 0.5, 0.9, 1]],
    [{ rampEpochs: 4 }, 2, [0.01 + 0.1, 0.01 + 0.25, 0.01 + 0.45, 1]],
    [{ rampEpochs: 4 }, 4, [0.2, 0.5, 0.9, 1]],
  ])('sdn with %j in epoch %i', (parameters, epoch, expected) => {
    expect(weightsOf('sdn', parameters, epoch)).toEqual(close(expected))
  })

  it('sdn limits the cost of an exit to that of the backbone', () => {
    const { weights, parameters } = weightings.get('sdn')
    const options = { exitCount: 2, exitCosts: [1.2, 1.3], parameters: parameters.parse({}) }
    expect(weights({ ...options, epoch: 100 })).toEqual([1, 1])
    expect(weights({ ...options, epoch: 9 })).toEqual([0.01 + 0.09, 1])
  })

  test.each(['increasing', 'decreasing', 'gpf'])('%s are ratios, sdn is not', (name) => {
    const phase = phaseOf('mixed-gradual', 1)
    const sum = (objective: Objective) =>
      exitWeightsOf({ network, phase: { ...phase, objective } })(0, 50).reduce((total, weight) => total + weight, 0)
    expect(sum({ weighting: name, parameters: weightings.get(name).parameters.parse({}) })).toBeCloseTo(1, 12)
    expect(sum({ weighting: 'sdn', parameters: { rampEpochs: 1 } })).toBeGreaterThan(1.5)
  })
})

it('lists every weighting with its description and weights above 0', () => {
  for (const [, { info, weights, parameters }] of weightings.entries()) {
    expect(info.title && info.sentence && info.paper).toBeTruthy()
    const options = { exitCount: 4, epoch: 1, exitCosts: [0.2, 0.5, 0.9, 1.1], parameters: parameters.parse({}) }
    expect(weights(options)).toHaveLength(4)
    expect(weights(options).every((weight) => weight > 0)).toBe(true)
  }
})

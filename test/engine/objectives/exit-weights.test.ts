import { afterEach, describe, expect, it, test, vi } from 'vitest'
import { z } from 'zod'
import { exitWeightsOf, meanExitWeights, withObjective } from '../../../src/main/engine/objectives/exit-weights.ts'
import type { Weighting } from '../../../src/main/engine/objectives/index.ts'
import { weightings } from '../../../src/main/engine/objectives/index.ts'
import { createNetwork } from '../../../src/main/engine/networks/index.ts'
import { phasesOf } from '../../../src/main/engine/regimes/index.ts'
import { experimentFile } from '../../../src/shared/experiment.ts'
import { regimeNames } from '../../../src/shared/phase.ts'
import type { RegimeName } from '../../../src/shared/phase.ts'
import { smallResnet } from '../../support/networks.ts'

/** Exits 0, 1 and the final one. */
const network = createNetwork(smallResnet())
const phaseOf = (regime: RegimeName, index = 0) => phasesOf(regime, network)[index]!

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
  it.each(regimeNames)('%s: the weights are those of its phases, to the bit', (regime) => {
    for (const phase of phasesOf(regime, network).filter((each) => each.network === 'multi-exit')) {
      const weightsOf = exitWeightsOf({ network, phase })
      expect(phase.lossCycle.map((_, entry) => weightsOf(entry, 3))).toEqual(phase.lossCycle)
    }
  })
})

describe('a weighting', () => {
  it('of which some exits run keeps the ratios of theirs, and their sum is 1', () => {
    const objective = use(steep)
    const separate = { ...phaseOf('separate', 1), objective }
    expect(exitWeightsOf({ network, phase: separate })(0, 1)).toEqual([1 / 3, 2 / 3, 0])
    expect(exitWeightsOf({ network, phase: separate })(0, 2)).toEqual([1 / 4, 3 / 4, 0])
    const alternating = { ...phaseOf('alternating'), objective }
    expect(meanExitWeights({ network, phase: alternating }, 1)).toEqual([1 / 12, 2 / 12, 3 / 4])
  })

  it('that is not normalised is taken as it is', () => {
    const objective = use({ ...steep, normalised: false })
    const phase = { ...phaseOf('separate', 1), objective }
    expect(exitWeightsOf({ network, phase })(0, 4)).toEqual([1, 5, 0])
  })

  it('knows what the exits cost, in shares of the backbone', () => {
    const objective = use({ ...steep, normalised: false, weights: ({ exitCosts }) => [...exitCosts] })
    const weights = exitWeightsOf({ network, phase: { ...phaseOf('joint'), objective } })(0, 1)
    expect(weights.toSorted((a, b) => a - b)).toEqual(weights)
    expect(weights[0]).toBeGreaterThan(0)
    expect(weights.at(-1)).toBeGreaterThan(1)
    expect(weights.at(-1)).toBeLessThan(1.5)
  })
})

describe('withObjective', () => {
  it('leaves out an objective that changes nothing, so that the phase is shared', () => {
    const objective = use(steep)
    expect(withObjective(phaseOf('mixed', 0), objective, network)).toEqual(phaseOf('mixed', 0))
    expect(withObjective(phaseOf('branch-wise', 1), objective, network)).toEqual(phaseOf('branch-wise', 1))
    expect(withObjective(phaseOf('mixed', 1), objective, network)).toEqual({ ...phaseOf('mixed', 1), objective })
  })

  it('notes one that scales the loss of a single exit', () => {
    const objective = use({ ...steep, normalised: false })
    expect(withObjective(phaseOf('branch-wise', 1), objective, network)).toEqual({
      ...phaseOf('branch-wise', 1),
      objective,
    })
    expect(withObjective(phaseOf('mixed', 0), objective, network)).toEqual(phaseOf('mixed', 0))
  })
})

describe('an experiment file', () => {
  const file = {
    name: 'small',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1], widths: [4] },
    regimes: ['joint'],
  }

  test.each([undefined, {}, { weighting: 'uniform' }, { weighting: 'uniform', parameters: {} }])(
    'with the objective %j is known by what one without it is',
    (objective) => {
      expect(experimentFile.parse({ ...file, ...(objective && { objective }) })).toEqual(experimentFile.parse(file))
      expect(experimentFile.parse({ ...file, ...(objective && { objective }) })).not.toHaveProperty('objective')
    },
  )

  it('refuses a weighting that there is not, and parameters that it does not have', () => {
    const problems = (objective: object) =>
      experimentFile.safeParse({ ...file, objective }).error!.issues.map(({ path }) => path.join('.'))
    expect(problems({ weighting: 'unifrom' })).toEqual(['objective.weighting'])
    expect(problems({ parameters: { factor: 1 } })).toEqual(['objective.parameters'])
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

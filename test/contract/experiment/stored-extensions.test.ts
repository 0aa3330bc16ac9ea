import { beforeAll, describe, expect, it } from 'vitest'
import { families, networkSpec } from '../../../src/engine/networks/families.ts'
import { exitLosses } from '../../../src/engine/losses/index.ts'
import { weightings } from '../../../src/engine/objectives/index.ts'
import { experimentIdentity, phaseIdentity } from '../../../src/contract/experiment/identity.ts'
import {
  originsIn,
  parseStored,
  requireMethods,
  unknownMethodsIn,
} from '../../../src/contract/experiment/stored-methods.ts'
import type { ExperimentFile } from '../../../src/contract/experiment/experiment.ts'
import type { PhaseDefinition } from '../../../src/contract/experiment/phase-definition.ts'
import { objective } from '../../../src/shared/methods/objective.ts'
import { depth } from '../../main/extensions/depth-weighting.ts'
import { twoScale } from '../../main/extensions/two-scale-family.ts'
import { smallResnet } from '../../support/networks.ts'

const origin = { extension: 'mine', file: '/m/mine.ts', sha256: 'a'.repeat(64) }
const former = { ...origin, sha256: 'b'.repeat(64) }

beforeAll(() => {
  families.register('two-scale', twoScale as never, origin)
  weightings.register('depth', depth, origin)
  exitLosses.register('next-exit', {} as never, origin)
})

const network = {
  ...{ family: 'two-scale', depth: 3, growth: 2, inputShape: [8, 8, 1], pad: 0, head: 'pooled' },
  ...{ classes: 3, exits: [0], normalisation: { mean: [0], std: [1] } },
}
const definition = (objective?: object) =>
  ({
    ...{
      format: 1,
      network: smallResnet(),
      data: { source: 'mnist' },
      dataset: 'd',
      seed: 1,
      initial: { kind: 'fresh' },
    },
    ...{ training: { optimiser: 'adamw' }, phase: { name: 'all', trains: [], ...(objective && { objective }) } },
  }) as unknown as PhaseDefinition

describe('methods of extensions', () => {
  it('are named with their origin, those of Exitlab are not', () => {
    expect(originsIn({ network, objective: { weighting: 'depth' } })).toEqual({
      'family:two-scale': origin,
      'weighting:depth': origin,
    })
    expect(originsIn({ network: smallResnet(), objective: { weighting: 'sdn' } })).toBe(undefined)
    expect(originsIn({ sweep: { 'objective.weighting': ['uniform', 'depth'] } })).toEqual({ 'weighting:depth': origin })
  })

  it('have the hash of their content in the identity of a phase, and not where the file was', () => {
    const own = definition({ weighting: 'depth' })
    const methods = { 'weighting:depth': origin }
    expect(phaseIdentity({ ...own, methods })).toEqual({
      ...phaseIdentity(own),
      methods: { 'weighting:depth': origin.sha256 },
    })
    const moved = { 'weighting:depth': { ...origin, file: '/elsewhere.ts', extension: 'renamed' } }
    expect(phaseIdentity({ ...own, methods: moved })).toEqual(phaseIdentity({ ...own, methods }))
    expect(phaseIdentity(definition())).not.toHaveProperty('methods')
  })

  it('are in the identity of an experiment, and the paths that it names them by are not', () => {
    const file = { name: 'x', data: { source: 'mnist' }, network, regimes: ['joint'] } as unknown as ExperimentFile
    const content = { file, network: smallResnet(), dataset: 'd' }
    const named = { ...content, file: { ...file, extensions: ['mine.ts'] } }
    expect(experimentIdentity(named)).toEqual(experimentIdentity(content))
    const methods = { 'family:two-scale': origin }
    expect(experimentIdentity({ ...named, methods })).toEqual({
      ...experimentIdentity(content),
      methods: { 'family:two-scale': origin.sha256 },
    })
  })

  it('are unknown where another content is loaded than the one that was stored', () => {
    expect(unknownMethodsIn({ network, methods: { 'family:two-scale': origin } })).toEqual([])
    const stored = { network, methods: { 'family:two-scale': former } }
    expect(unknownMethodsIn(stored)).toEqual([{ kind: 'family', name: 'two-scale', origin: former }])
    expect(() => requireMethods(stored, { id: 'r', name: 'toy' })).toThrow(
      expect.objectContaining({
        code: 'unknown-method',
        fields: { kind: 'family', name: 'two-scale', file: former.file, sha256: former.sha256, runs: ['r'] },
        message: expect.stringMatching(
          /^toy needs the network family “two-scale”, which is of the extension “mine” with the sha256 b{12}…, .* --extension \/m\/mine\.ts, or, where that file has changed, its copy/,
        ) as string,
      }),
    )
  })

  it('that had other settings are not damaged, what any network has is', () => {
    const others = Object.fromEntries(Object.entries(network).filter(([key]) => key !== 'growth'))
    const stored = { ...others, width: 5 }
    expect(parseStored(networkSpec, stored, 'network')).toEqual({ value: stored, problem: null })
    expect(parseStored(networkSpec, { ...stored, classes: -1 }, 'network').problem).toMatch(/^classes: /)
    expect(parseStored(networkSpec, { ...smallResnet(), width: 5 }, 'network').problem).not.toBe(null)
  })

  it('that are losses had other settings of their own, beside which an objective may be damaged', () => {
    const stored = { weighting: 'uniform', 'next-exit': { strength: [1, 2] } }
    expect(parseStored(objective, stored, 'objective')).toEqual({ value: stored, problem: null })
    expect(parseStored(objective, { ...stored, weighting: 7 }, 'objective').problem).toMatch(/^weighting: /)
  })
})

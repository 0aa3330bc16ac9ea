import { describe, expect, it } from 'vitest'
import { experimentFile, type ExperimentFile } from '../../../src/contract/experiment/experiment.ts'
import { fileOfSeries } from '../../../src/contract/experiment/experiment.ts'
import { parseStored, requireMethods, unknownMethodsIn } from '../../../src/contract/experiment/stored-methods.ts'
import { networkSpec } from '../../../src/engine/networks/families.ts'

const network = {
  family: 'vit',
  imageSize: 8,
  patchSize: 4,
  channels: 1,
  dim: 4,
  mlpDim: 4,
  depth: 2,
  headCount: 1,
  dropout: 0,
  attentionDropout: 0,
  head: '1L',
  pad: 0,
  normalisation: { mean: [0], std: [1] },
  classes: 3,
  exits: [0],
}
const file: ExperimentFile = experimentFile.parse({
  name: 'toy',
  data: { source: 'mnist' },
  network: { family: 'resnet', variant: 'resnet18' },
  regimes: ['joint'],
})

describe('a stored network', () => {
  it('is read as it was written where its head is not known, with the sizes of that head', () => {
    const stored = { ...network, head: 'two-tower', towerDim: 7 }
    expect(parseStored(networkSpec, stored, 'network')).toEqual({ value: stored, problem: null })
  })

  it('is read as it was written where its family is not known', () => {
    const stored = { family: 'two-scale', widths: [1, 2], head: 'pooled', classes: 3, exits: [0] }
    expect(parseStored(networkSpec, stored, 'network')).toEqual({ value: stored, problem: null })
  })

  it.each([
    [{ ...network, dim: 'wide' }, /^dim: /],
    [{ ...network, head: 'two-tower', dim: 'wide' }, /^dim: /],
    [{ ...network, head: 7 }, /^head: /],
    [{ ...network, extra: 1 }, /extra/],
    // A head that is known, but not of tokens.
    [{ ...network, head: 'pooled' }, /^head: /],
    [{ family: 'two-scale', head: 'pooled', classes: 3, exits: 'all of them' }, /^exits: /],
    [{ family: 'two-scale', classes: 3, exits: [0] }, /^head: /],
    [{ family: 'two-scale', head: 'pooled', classes: -1, exits: [0] }, /^classes: /],
    [{ family: 7 }, /^family: /],
  ])('that is damaged is told from one of unknown methods: %j', (stored, problem) => {
    expect(parseStored(networkSpec, stored, 'network')).toEqual({
      value: undefined,
      problem: expect.stringMatching(problem) as string,
    })
  })
})

describe('a stored experiment', () => {
  it.each([
    ['family', { network: { family: 'two-scale', head: 'pooled', width: 3 } }, 'two-scale'],
    ['head', { network: { ...file.network, head: 'two-tower', towerDim: 3 } }, 'two-tower'],
    ['weighting', { objective: { weighting: 'by-depth', parameters: { slope: 2 } } }, 'by-depth'],
    ['dataset', { data: { ...file.data, source: 'stripes' } }, 'stripes'],
    ['regime', { regimes: ['joint', 'freeze-thaw'] }, 'freeze-thaw'],
    ['head', { sweep: { 'network.head': ['pooled', 'two-tower'] } }, 'two-tower'],
  ])('of an unknown %s is read as it was written, and says which', (kind, changes, name) => {
    const stored = { ...file, ...changes }
    expect(parseStored(experimentFile, stored, 'file')).toEqual({ value: stored, problem: null })
    expect(unknownMethodsIn(stored)).toEqual([{ kind, name }])
    expect(() => requireMethods(stored)).toThrow(
      expect.objectContaining({ code: 'unknown-method', fields: { kind, name } }),
    )
  })

  it.each([
    [{ data: { ...file.data, source: 'stripes', pad: -1 } }, /^data\.pad: /],
    [{ regimes: ['freeze-thaw', 7] }, /^regimes\[1\]: /],
    [{ network: { family: 'two-scale', head: 'pooled', exits: 'some' } }, /^network\.exits: /],
    [{ objective: { weighting: 'by-depth' }, seeds: [] }, /^seeds: /],
  ])('that is damaged besides is damaged: %j', (changes, problem) => {
    expect(parseStored(experimentFile, { ...file, ...changes }, 'file').problem).toMatch(problem)
  })

  it('has the settings of a series whose head is not known', () => {
    const swept = { ...file, sweep: { 'network.head': ['pooled', 'two-tower'] } }
    expect(fileOfSeries(swept, { 'network.head': 'two-tower' }).network).toMatchObject({ head: 'two-tower' })
  })

  it('names no unknown method where it has none', () => {
    expect(unknownMethodsIn(file)).toEqual([])
    expect(() => requireMethods(file)).not.toThrow()
  })
})

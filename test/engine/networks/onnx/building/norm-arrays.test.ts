import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createNetwork } from '../../../../../src/engine/networks/index.ts'
import { normArrays } from '../../../../../src/engine/networks/onnx/building/norm-arrays.ts'
import { onnx } from '../../../../../src/engine/networks/onnx/family.ts'
import type { GraphValue, Node } from '../../../../../src/engine/networks/onnx/graph/graph.ts'
import { planSteps } from '../../../../../src/engine/training/step-plan.ts'
import type { NetworkFile } from '../../../../../src/shared/network/network-file.ts'
import type { PhaseSpec } from '../../../../../src/shared/phases/phase.ts'
import { onnxModel, onnxSpec, samplesFor, withoutExits } from '../../../../support/onnx-fixtures.ts'
import '../../../../support/tensorflow.ts'

const ofZoo = (name: string) => {
  const url = new URL(`../fixtures/zoo/${name}.json`, import.meta.url)
  const { file } = JSON.parse(readFileSync(url, 'utf8')) as { file: NetworkFile }
  return createNetwork(onnx.resolve(withoutExits, samplesFor(file), file))
}

/** Names of trained arrays without weight decay. */
function withoutDecay(network: ReturnType<typeof createNetwork>): string[] {
  const trains = network.groups.map(({ name }) => name)
  const phase = { trains, lossCycle: [[1]] } as unknown as PhaseSpec
  const [step] = planSteps(network, phase, { weightDecayExcludes: ['norms'] })
  return step!.parameters.flatMap(({ name, decays }) => (decays ? [] : name))
}

describe('scales and offsets of normalisations have no weight decay where norms are excluded', () => {
  it('of batch normalisation', () => {
    const names = withoutDecay(createNetwork(onnxSpec(onnxModel('convolutional'))))
    expect(names).toEqual(['0.1.weight', '0.1.bias', '1.0.layers.1.weight', '1.0.layers.1.bias'])
  })

  it('of layer normalisation', () => {
    const network = createNetwork(onnxSpec(onnxModel('transformer')))
    const norms = network.parameters.filter(({ name }) => /(^|\.)norm\d?\./.test(name))
    expect(norms).toHaveLength(14)
    expect(withoutDecay(network).sort()).toEqual(norms.map(({ name }) => name).sort())
  })

  it('of group normalisation, which is several operators', () => {
    const network = ofZoo('poolformer_s12')
    const norms = network.parameters.filter(({ name }) => /(^|\.)norm\d?\./.test(name))
    expect(norms).toHaveLength(2 * (2 * 12 + 1))
    expect(withoutDecay(network).sort()).toEqual(norms.map(({ name }) => name).sort())
  })

  it('of group normalisation whose scale and offset need no other shape', () => {
    const values = new Map<string, GraphValue>()
    const value = (array: string) => values.get(array) ?? values.set(array, { array } as GraphValue).get(array)!
    const node = (operator: string, inputs: string, output: string) =>
      ({ operator, inputs: inputs.split(' ').map(value), outputs: [value(output)] }) as unknown as Node
    const nodes = [
      node('Reshape', 'map', 'groups'),
      node('InstanceNormalization', 'groups ones zeros', 'normalised'),
      node('Reshape', 'normalised', 'whole'),
      node('Mul', 'whole scale', 'scaled'),
      node('Add', 'scaled offset', 'result'),
    ]
    const names = [...normArrays({ nodes }).affine].map((each) => each!.array)
    expect(names.sort()).toEqual(['offset', 'ones', 'scale', 'zeros'])
  })
})

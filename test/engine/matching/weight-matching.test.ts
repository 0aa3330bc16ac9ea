import { expect, it, test } from 'vitest'
import { permuteUnits, type EngineArrays } from '../../../src/engine/matching/permute-units.ts'
import { matchWeights, parameterDistance } from '../../../src/engine/matching/weight-matching.ts'
import { linear } from '../../../src/engine/layers/linear.ts'
import { repeated } from '../../../src/engine/layers/parameter.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { stream } from '../../../src/engine/random.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { randomParameters } from '../../support/forward.ts'
import { smallBert, smallMsdnet, smallResnet, smallVit } from '../../support/networks.ts'
import { tensorFlow } from '../../support/tensorflow.ts'
import { randomOrders } from '../../support/units.ts'

const resnet20 = { blockCounts: [3, 3, 3], widths: [16, 32, 64], exits: [1, 3, 5], classes: 10 }
const inputShape: [number, number, number] = [32, 32, 3]
const msdnet = {
  layers: 5,
  channels: 8,
  growth: 4,
  growthFactors: [1, 2, 4],
  bottleneckFactors: [1, 2, 4],
  inputShape: [16, 16, 3] as [number, number, number],
}
const options = { sweeps: 100, seed: 0 }

test.each<[string, NetworkSpec, number]>([
  ['ResNet-20 with pooled heads', smallResnet({ ...resnet20, inputShape }), 0],
  ['ResNet-20 with convolutional heads', smallResnet({ ...resnet20, inputShape, head: 'conv_2l' }), 1],
  ['bottlenecks', smallResnet({ block: 'bottleneck', widths: [8, 12] }), 2],
  ['MSDNet with pooled heads', smallMsdnet({ ...msdnet, exits: [0, 1, 2, 3, 4, 5] }), 5],
  ['MSDNet with its own heads', smallMsdnet({ ...msdnet, layers: 3, exits: [1], head: 'msdnet' }), 6],
  ['ViT', smallVit({ dim: 32, headCount: 4, mlpDim: 48 }), 3],
  ['ensembles on an MSDNet', smallMsdnet({ ...msdnet, exits: [0, 1, 3, 5], head: 'ztw' }), 5],
  ['GPF heads on an MSDNet', { ...smallMsdnet({ head: 'gpf' }), gpfDim: 24 }, 6],
  ['GPF heads', { ...smallVit({ dim: 32, headCount: 4, mlpDim: 48, exits: [0, 1, 2], head: 'gpf' }), gpfDim: 24 }, 5],
  ['BERT', smallBert({ dim: 32, headCount: 4, mlpDim: 48, vocabulary: 60 }), 4],
])('a planted permutation is recovered exactly: %s', async (_, spec, seed) => {
  const network = createNetwork(spec)
  const { parameters } = network
  const handles = tensorFlow.liveHandles()
  const first = randomParameters(network, seed)
  const second = permuteUnits(parameters, first, randomOrders(network, seed))
  expect(parameterDistance(parameters, [first, second])).toBeGreaterThan(1)
  const { permutations, sweeps, settled } = await matchWeights(parameters, [first, second], options)
  expect(permuteUnits(parameters, second, permutations)).toEqual(first)
  expect(settled).toBe(true)
  expect(sweeps).toBeGreaterThan(1)
  expect(tensorFlow.liveHandles()).toBe(handles)
})

/**
 * Three dense layers, each of which reads the inputs and all units before it, and a head with two neighbouring columns for each unit:
 * x (4 inputs) → a (8 units), (x, a) → b (6), (x, a, b) → c (5), (x, a, b, c) → 3 outputs.
 */
const segmentsOf = (groups: readonly (readonly [name: string, count: number])[]) => {
  let offset = 4
  return groups.map(([group, count]) => ({ group, count, offset: (offset += count) - count }))
}
const dense = [
  linear('a', { inputShape: [4], features: 8, outputUnits: { group: 'a' } }),
  linear('b', { inputShape: [12], features: 6, inputUnits: segmentsOf([['a', 8]]), outputUnits: { group: 'b' } }),
  linear('c', {
    inputShape: [18],
    features: 5,
    inputUnits: segmentsOf([
      ['a', 8],
      ['b', 6],
    ]),
    outputUnits: { group: 'c' },
  }),
  linear('out', {
    inputShape: [2 * 23],
    features: 3,
    inputUnits: repeated(
      segmentsOf([
        ['a', 8],
        ['b', 6],
        ['c', 5],
      ]),
      2,
    ),
  }),
]

/** Outputs of the dense layers for an input. */
function denseOutputs(arrays: EngineArrays, input: readonly number[]): number[] {
  const layer = (name: string, x: readonly number[]) => {
    const [weight, bias] = [arrays[`${name}.weight`]!, arrays[`${name}.bias`]!]
    const row = (unit: number) => weight.values.subarray(unit * x.length, (unit + 1) * x.length)
    return Array.from(bias.values, (offset, unit) => row(unit).reduce((sum, w, i) => sum + w * x[i]!, offset))
  }
  const relu = (x: readonly number[]) => x.map((value) => Math.max(0, value))
  let features = [...input]
  for (const name of ['a', 'b', 'c']) features = [...features, ...relu(layer(name, features))]
  return layer(
    'out',
    features.flatMap((value) => [value, -value]),
  )
}

it('a planted permutation is recovered exactly through concatenations', async () => {
  const parameters = dense.flatMap((layer) => layer.parameters)
  const arraysOf = (seed: number) =>
    Object.fromEntries(parameters.map(({ name, shape, init }) => [name, { shape, values: init(stream(seed, name)) }]))
  for (let seed = 0; seed < 5; seed++) {
    const first = arraysOf(seed)
    const second = permuteUnits(parameters, first, randomOrders({ parameters }, seed))
    const input = [0.5, -1, 2, 0.25]
    const outputs = denseOutputs(first, input)
    denseOutputs(second, input).forEach((value, i) => expect(value).toBeCloseTo(outputs[i]!, 5))
    expect(parameterDistance(parameters, [first, second])).toBeGreaterThan(1)
    const { permutations } = await matchWeights(parameters, [first, second], options)
    expect(permuteUnits(parameters, second, permutations)).toEqual(first)
  }
})

/** Two inputs → three hidden units of one group → two outputs. */
const hidden = { group: 'hidden' }
const oneGroup = [
  linear('in', { inputShape: [2], features: 3, outputUnits: hidden }),
  linear('out', { inputShape: [3], features: 2, inputUnits: hidden }),
].flatMap((layer) => layer.parameters)

const initialised = (seed: number) =>
  Object.fromEntries(
    oneGroup.map(({ name, shape, init }) => [name, { shape, values: init(stream(seed, 'init', name)) }]),
  )

it('finds the closest of all permutations of a single group', async () => {
  for (let seed = 0; seed < 10; seed++) {
    const [first, second] = [initialised(seed), initialised(seed + 100)]
    const distanceOf = (order: Int32Array) =>
      parameterDistance(oneGroup, [first, permuteUnits(oneGroup, second, new Map([['hidden', order]]))])
    const all = ['012', '021', '102', '120', '201', '210'].map((text) => Int32Array.from([...text], Number))
    const { permutations } = await matchWeights(oneGroup, [first, second], options)
    expect(distanceOf(permutations.get('hidden')!), `seed ${seed}`).toBe(Math.min(...all.map(distanceOf)))
  }
})

const network = createNetwork(smallResnet())
const pair = [randomParameters(network, 1), randomParameters(network, 2)] as const

it('brings two networks closer, with the same permutations each time', async () => {
  const { permutations, settled } = await matchWeights(network.parameters, pair, options)
  const moved = permuteUnits(network.parameters, pair[1], permutations)
  const distance = (second: typeof moved) => parameterDistance(network.parameters, [pair[0], second])
  expect(settled).toBe(true)
  expect(distance(moved)).toBeLessThan(distance(pair[1]))
  expect(await matchWeights(network.parameters, pair, options)).toMatchObject({ permutations })
})

it('ends after the given number of sweeps, and reports that it had not converged', async () => {
  expect(await matchWeights(network.parameters, pair, { ...options, sweeps: 1 })).toMatchObject({
    sweeps: 1,
    settled: false,
  })
})

it('does not use running statistics', async () => {
  const changed = structuredClone(pair[1])
  for (const { name, kind } of network.parameters) if (kind === 'buffer') changed[name]!.values.reverse()
  const distances = [pair[1], changed].map((second) => parameterDistance(network.parameters, [pair[0], second]))
  expect(distances[0]).toBe(distances[1])
  const matchings = [pair[1], changed].map((second) => matchWeights(network.parameters, [pair[0], second], options))
  expect(await matchings[0]).toEqual(await matchings[1])
})

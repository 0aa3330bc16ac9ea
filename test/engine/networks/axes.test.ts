import { expect, test } from 'vitest'
import type { Axis, ParameterSpec } from '../../../src/engine/layers/layer.ts'
import { createNetwork, type EngineArray, type Network } from '../../../src/engine/networks/index.ts'
import { permutation, stream } from '../../../src/engine/random.ts'
import { tf } from '../../../src/engine/tf.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { randomParameters, recordingContext } from '../../support/forward.ts'
import { randomInputs } from '../../support/inputs.ts'
import { smallBert, smallResnet, smallVit } from '../../support/networks.ts'
import '../../support/tensorflow.ts'

const seed = 11

/** Units of every group, each axis agreeing. */
function unitCounts({ parameters }: Network): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { name, shape, axes } of parameters) {
    for (const { axis, group, repeat = 1, tile = 1 } of axes) {
      const count = shape[axis]! / (repeat * tile)
      expect(counts.get(group) ?? count, `${name} axis ${axis}`).toBe(count)
      counts.set(group, count)
    }
  }
  return counts
}

function permuteAxis(
  { shape, values }: EngineArray,
  { axis, repeat = 1, tile = 1 }: Axis,
  order: Int32Array,
): EngineArray {
  const length = shape[axis]!
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1)
  const result = new Float32Array(values.length)
  for (let outer = 0; outer < values.length / (length * inner); outer++) {
    for (let t = 0; t < tile; t++) {
      for (let unit = 0; unit < order.length; unit++) {
        const width = repeat * inner
        const at = (u: number) => outer * length * inner + (t * order.length + u) * width
        result.set(values.subarray(at(order[unit]!), at(order[unit]!) + width), at(unit))
      }
    }
  }
  return { shape, values: result }
}

function permuted(network: Network, arrays: Record<string, EngineArray>): Record<string, EngineArray> {
  const orders = new Map(
    [...unitCounts(network)].map(([group, count]) => [group, permutation(count, stream(seed, 'order', group))]),
  )
  const permuteAll = ({ name, axes }: ParameterSpec) =>
    axes.reduce((array, axis) => permuteAxis(array, axis, orders.get(axis.group)!), arrays[name]!)
  return Object.fromEntries(network.parameters.map((parameter) => [parameter.name, permuteAll(parameter)]))
}

test.each<[string, NetworkSpec]>([
  ['basic blocks', smallResnet()],
  ['bottlenecks', smallResnet({ block: 'bottleneck', exits: [0, 1, 2] })],
  ['convolutional heads', smallResnet({ head: 'conv_2l', inputShape: [16, 16, 1] })],
  ['a ViT', smallVit({ headCount: 4 })],
  ['a ViT with hidden layers in its heads', smallVit({ head: '2L-1024' })],
  ['a BERT', smallBert({ headCount: 4 })],
  ['GPF heads on a ResNet', { ...smallResnet({ head: 'gpf', exits: [0, 1, 2] }), gpfDim: 7 }],
  ['a cascade on a ResNet', smallResnet({ head: 'cascade', exits: [0, 1, 2] })],
  ['ensembles on a BERT', smallBert({ head: 'ztw' })],
  ['GPF heads on a BERT', { ...smallBert({ head: 'gpf' }), gpfDim: 7 }],
])('permuting the units of all groups leaves the logits as they are: %s', (_, spec) => {
  const network = createNetwork(spec)
  const arrays = randomParameters(network, seed)
  const moved = permuted(network, arrays)
  const inputs = randomInputs(spec, 2, seed)
  tf.tidy(() => {
    const before = network.forward(recordingContext(arrays).context, inputs)
    const after = network.forward(recordingContext(moved).context, inputs)
    before.forEach((logits, exit) => {
      const scale = tf.max(tf.abs(logits!)).dataSync()[0]!
      const difference = tf.max(tf.abs(tf.sub(logits!, after[exit]!))).dataSync()[0]!
      expect(difference / scale, `seed ${seed}, exit ${exit}`).toBeLessThan(1e-5)
    })
  })
  expect(moved['classifier.weight']!.values).not.toEqual(arrays['classifier.weight']!.values)
})

test('a ResNet has one stream for the stem and the first stage, one for each later stage, one inside each block', () => {
  expect([...unitCounts(createNetwork(smallResnet({ exits: [] }))).keys()]).toEqual([
    'stem',
    'blocks.0.conv1',
    'blocks.1.conv1',
    'blocks.2.conv1',
    'stages.1',
    'blocks.3.conv1',
  ])
})

test('a ViT has one stream, and heads and hidden units of each block', () => {
  expect([...unitCounts(createNetwork(smallVit({ depth: 1, exits: [] })))]).toEqual([
    ['stream', 8],
    ['blocks.0.attn.heads', 2],
    ['blocks.0.mlp', 12],
  ])
})

test('a BERT has one stream from its embeddings on, heads and hidden units of each layer, and those of the pooler', () => {
  expect([...unitCounts(createNetwork(smallBert({ depth: 1, exits: [] })))]).toEqual([
    ['stream', 8],
    ['blocks.0.attn.heads', 2],
    ['blocks.1.mlp', 12],
    ['pooler', 8],
  ])
})

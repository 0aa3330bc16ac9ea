import { expect, test } from 'vitest'
import { createNetwork, initialise } from '../../../src/engine/networks/index.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { smallBert, smallMsdnet, smallResnet, smallVit } from '../../support/networks.ts'

const namesOf = (spec: NetworkSpec) => createNetwork(spec).parameters.map(({ name }) => name)
const bn = (name: string) => ['weight', 'bias', 'running_mean', 'running_var'].map((array) => `${name}.${array}`)
const affine = (name: string) => [`${name}.weight`, `${name}.bias`]

test('a ResNet’s arrays have PyTorch’s names, heads right behind their block', () => {
  expect(namesOf(smallResnet({ blockCounts: [1, 1], exits: [0] }))).toEqual([
    'stem.conv.weight',
    ...bn('stem.bn'),
    'blocks.0.conv1.weight',
    ...bn('blocks.0.bn1'),
    'blocks.0.conv2.weight',
    ...bn('blocks.0.bn2'),
    'heads.0.mix',
    ...affine('heads.0.fc'),
    'blocks.1.conv1.weight',
    ...bn('blocks.1.bn1'),
    'blocks.1.conv2.weight',
    ...bn('blocks.1.bn2'),
    'blocks.1.shortcut.conv.weight',
    ...bn('blocks.1.shortcut.bn'),
    ...affine('classifier'),
  ])
})

test('the first bottleneck of a ResNet has a shortcut, as it is wider than the stem', () => {
  const names = namesOf(smallResnet({ block: 'bottleneck', blockCounts: [2, 1], exits: [] }))
  expect(names).toContain('blocks.0.conv3.weight')
  expect(names).toContain('blocks.0.shortcut.conv.weight')
  expect(names).not.toContain('blocks.1.shortcut.conv.weight')
})

test('a ViT’s arrays have PyTorch’s names', () => {
  expect(namesOf(smallVit({ depth: 1, exits: [0], head: '2L-1024' }))).toEqual([
    ...affine('patch'),
    'cls_token',
    'pos_embedding',
    ...['norm1', 'attn.qkv', 'attn.out', 'norm2', 'mlp.fc1', 'mlp.fc2'].flatMap((name) => affine(`blocks.0.${name}`)),
    ...affine('heads.0.fc1'),
    ...affine('heads.0.fc2'),
    ...affine('norm'),
    ...affine('classifier'),
  ])
})

test('a BERT’s arrays alternate attention and feed-forward blocks', () => {
  expect(namesOf(smallBert({ depth: 1, exits: [0] }))).toEqual([
    ...['word', 'position', 'segment'].map((name) => `embeddings.${name}.weight`),
    ...affine('embeddings.norm'),
    ...['attn.qkv', 'attn.out', 'norm'].flatMap((name) => affine(`blocks.0.${name}`)),
    ...affine('heads.0.fc'),
    ...['mlp.fc1', 'mlp.fc2', 'norm'].flatMap((name) => affine(`blocks.1.${name}`)),
    ...affine('pooler'),
    ...affine('classifier'),
  ])
})

test('an MSDNet’s arrays have PyTorch’s names: down and normal count scales of the input and of the output', () => {
  const convNorm = (name: string) => [`${name}.conv.weight`, ...bn(`${name}.bn`)]
  const grown = (name: string) => [...convNorm(`${name}.squeeze`), ...convNorm(`${name}.conv`)]
  expect(namesOf(smallMsdnet({ exits: [], head: 'msdnet' }))).toEqual([
    ...['blocks.0.scales.0', 'blocks.0.scales.1'].flatMap(convNorm),
    ...['normal.0', 'down.0', 'normal.1'].flatMap((path) => grown(`blocks.1.${path}`)),
    ...['down.0', 'normal.0'].flatMap((path) => grown(`blocks.2.${path}`)),
    ...convNorm('blocks.3.scales.0'),
    ...['classifier.conv1', 'classifier.conv2'].flatMap(convNorm),
    ...affine('classifier.fc'),
  ])
  const head = namesOf(smallMsdnet({ exits: [1], head: 'msdnet', bottleneckFactors: null }))
  expect(head.filter((name) => name.startsWith('heads'))).toEqual([
    ...['heads.0.conv1', 'heads.0.conv2'].flatMap(convNorm),
    ...affine('heads.0.fc'),
  ])
  expect(head).toContain('blocks.1.down.0.conv.conv.weight')
  expect(head).not.toContain('blocks.1.down.0.squeeze.conv.weight')
})

test('MSDNet’s convolutions begin with a variance of 2 over kernel area and filters, biases at 0', () => {
  const network = createNetwork(smallMsdnet({ layers: 4, channels: 32, growth: 16, head: 'msdnet' }))
  const arrays = initialise(network, 3)
  for (const { name, shape } of network.parameters.filter(({ layout }) => layout === 'convolution')) {
    const [height, width, , filters] = shape as [number, number, number, number]
    const { values } = arrays[name]!
    const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length
    const deviations = ((variance * height * width * filters) / 2 - 1) / Math.sqrt(2 / values.length)
    expect(Math.abs(deviations), name).toBeLessThan(5)
  }
  expect(arrays['classifier.fc.bias']!.values).toEqual(new Float32Array(3))
})

const groupNames = (spec: NetworkSpec) => createNetwork(spec).groups.map(({ name }) => name)

test('groups are the stem, each block, each head and the classifier', () => {
  expect(groupNames(smallResnet())).toEqual([
    'stem',
    'blocks.0',
    'heads.0',
    'blocks.1',
    'blocks.2',
    'heads.1',
    'blocks.3',
    'classifier',
  ])
  expect(groupNames(smallVit({ depth: 1, exits: [0] }))).toEqual([
    'patch',
    'cls_token',
    'pos_embedding',
    'blocks.0',
    'heads.0',
    'norm',
    'classifier',
  ])
  expect(groupNames(smallBert({ depth: 1, exits: [0] }))).toEqual([
    ...['embeddings', 'blocks.0', 'heads.0', 'blocks.1', 'pooler', 'classifier'],
  ])
  const groupOf = (spec: NetworkSpec, group: string) => createNetwork(spec).groups.find(({ name }) => name === group)
  expect(groupOf(smallVit(), 'norm')).toEqual({ name: 'norm', kind: 'backbone' })
  expect(groupOf(smallBert(), 'pooler')).toEqual({ name: 'pooler', kind: 'backbone' })
})

test.each([
  ['resnet', smallResnet()],
  ['vit', smallVit()],
  ['bert', smallBert()],
  ['msdnet', smallMsdnet()],
])('a bare %s has the names and the initial values of the multi-exit network without its heads', (_, spec) => {
  const whole = initialise(createNetwork(spec), 7)
  const bare = initialise(createNetwork({ ...spec, exits: [] }), 7)
  const shared = Object.entries(whole).filter(([name]) => !name.startsWith('heads.'))
  expect(Object.entries(bare)).toEqual(shared)
})

test('another seed gives other values, the same seed the same', () => {
  const network = createNetwork(smallResnet())
  const [first, again, other] = [1, 1, 2].map((seed) => initialise(network, seed)['blocks.0.conv1.weight']!.values)
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
})

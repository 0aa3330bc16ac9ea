import { describe, expect, test } from 'vitest'
import { drawNetwork } from '../../../src/engine/cost/drawing.ts'
import { costs } from '../../../src/engine/cost/ledger.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { networkDrawing } from '../../../src/shared/network/network-drawing.ts'
import { networkSpec } from '../../../src/engine/networks/families.ts'
import { smallBert, smallMsdnet, smallResnet, smallVit } from '../../support/networks.ts'
import { golden } from './golden.ts'

describe('a drawn network has the costs that fvcore counts', () => {
  test.each(Object.entries(golden))('%s', (_, { network, backbone, exits }) => {
    const drawing = networkDrawing.parse(drawNetwork(networkSpec.parse(network)))
    expect(drawing.backboneMacs).toBe(backbone)
    const placed = drawing.nodes.filter(({ exit }) => exit !== null)
    expect(placed.map(({ macs }) => macs)).toEqual(exits)
    expect(drawing.ledger.reduce((sum, { macs }) => sum + macs, 0)).toBe(exits.at(-1))
  })
})

describe.each([
  ['resnet', smallResnet({ exits: [1] })],
  ['vit', smallVit({ exits: [1] })],
  ['bert', smallBert({ exits: [1] })],
  ['msdnet', smallMsdnet({ exits: [1] })],
])('the drawing of a %s', (_, spec) => {
  const drawing = drawNetwork(spec)
  const network = createNetwork(spec)

  test('costs a block without an exit as if it had one, with the heads before it', () => {
    for (const { kind, block, exit, macs } of drawing.nodes) {
      if (kind !== 'block' || exit !== null || macs === null) continue
      const exits = [...new Set([...spec.exits, block!])].sort((a, b) => a - b)
      expect(macs).toBe(costs(createNetwork({ ...spec, exits })).exits[exits.indexOf(block!)])
    }
    expect(drawing.nodes.filter(({ block }) => block !== null)).toHaveLength(network.sites.length)
  })

  test('distributes all trained parameters among the operations', () => {
    const numbers = network.parameters
      .filter(({ kind }) => kind === 'parameter')
      .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0)
    expect(drawing.parameters).toBe(numbers)
    expect(drawing.ledger.reduce((sum, { parameters }) => sum + (parameters ?? 0), 0)).toBe(numbers)
  })
})

test('places where no exit can sit have no cost', () => {
  const { nodes } = drawNetwork(smallResnet())
  // The last block of a ResNet feeds the classifier.
  expect(nodes.map(({ label, macs }) => [label, macs !== null])).toEqual([
    ['stem', false],
    ['block 0', true],
    ['block 1', true],
    ['block 2', true],
    ['block 3', false],
    ['classifier', true],
  ])
  // 6 × 6 maps are too small for five convolutions of 3 × 3, 12 × 12 ones are not.
  const deepHeads = drawNetwork(smallResnet({ head: 'conv_5l', exits: [0] }))
  expect(deepHeads.nodes.map(({ macs }) => macs !== null)).toEqual([false, true, true, false, false, true])
})

test('an MSDNet is a grid of modules and scales, exits behind the coarsest', () => {
  const { title, nodes, edges } = drawNetwork(smallMsdnet())
  expect(title).toBe('MSDNet · 4 blocks, 2 scales')
  expect(nodes.map(({ id, column, row, label, detail }) => `${column} ${row} ${id}: ${label}, ${detail}`)).toEqual([
    '0 0 blocks.0.scales.0: 8×8, 4 ch',
    '0 1 blocks.0: block 0, 8 ch',
    '1 0 blocks.1.normal.0: 8×8, 6 ch',
    '1 1 blocks.1: block 1, 12 ch',
    '2 1 blocks.2: block 2, 16 ch',
    '3 1 blocks.3: block 3, 8 ch',
    '4 1 classifier: classifier, 3-way',
  ])
  expect(nodes.map(({ exit }) => exit)).toEqual([null, 0, null, 1, null, null, 2])
  expect(edges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
    'blocks.0.scales.0 > blocks.0',
    'blocks.0.scales.0 > blocks.1.normal.0',
    'blocks.0 > blocks.1',
    'blocks.0.scales.0 > blocks.1',
    'blocks.1 > blocks.2',
    'blocks.1.normal.0 > blocks.2',
    'blocks.2 > blocks.3',
    'blocks.3 > classifier',
  ])
  const { msdnet_c100_msdnet: cifar } = golden
  expect(drawNetwork(networkSpec.parse(cifar!.network)).title).toBe('MSDNet (CIFAR) · 19 blocks, 3 scales')
})

test('is titled as papers call it, with the sizes of its parts', () => {
  const resnet = drawNetwork(smallResnet({ pad: 2 }))
  expect(resnet).toMatchObject({ title: 'ResNet · 2 + 2 basic blocks', head: 'Pooled', input: '16 × 16 × 1' })
  expect(resnet.nodes.map(({ detail }) => detail)).toEqual([
    '4 · 3×3',
    '4 · 3×3',
    '4 · 3×3',
    '6 · 3×3',
    '6 · 3×3',
    '3-way',
  ])
  const deep = smallResnet({ block: 'bottleneck', blockCounts: [3, 4, 6, 3], widths: [64, 128, 256, 512], stem: '7x7' })
  const bottleneck = drawNetwork({ ...deep, inputShape: [64, 64, 3] })
  expect(bottleneck.title).toBe('ResNet-50 · 3 + 4 + 6 + 3 bottleneck blocks')
  expect(bottleneck.nodes.slice(0, 2).map(({ detail }) => detail)).toEqual(['64 · 7×7', '256 · 3×3'])
  const cifar = drawNetwork(smallVit({ dim: 256, mlpDim: 256, depth: 7, headCount: 8, imageSize: 32 }))
  expect(cifar).toMatchObject({ title: 'ViT-T (CIFAR) · 7 blocks', head: '1 layer', input: '32 × 32 × 1' })
  expect(cifar.nodes.slice(0, 2).map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
    'patch: 256 · 4×4',
    'block 0: 256 · 8 h',
  ])
  expect(drawNetwork(smallVit()).title).toBe('ViT · 3 blocks')
  // Attention, then the feed-forward block, short enough for their boxes.
  const bert = drawNetwork(smallBert({ headCount: 12, dim: 24, mlpDim: 1536 }))
  expect(bert.nodes.slice(0, 3).map(({ detail }) => detail)).toEqual(['24', '12 heads', 'mlp 1536'])
})

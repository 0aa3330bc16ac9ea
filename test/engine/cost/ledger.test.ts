import { describe, expect, test } from 'vitest'
import { costs, ledger } from '../../../src/engine/cost/ledger.ts'
import { createNetwork, resolveNetwork } from '../../../src/engine/networks/index.ts'
import { networkChoice, networkSpec } from '../../../src/engine/networks/families.ts'
import { smallBert, smallMsdnet, smallResnet, smallVit } from '../../support/networks.ts'
import { golden } from './golden.ts'

/** Networks besides those that the settings of the paper were found out with. */
const others = [
  ...['resnet18_224_pooled', 'resnet101_64_conv_2l', 'resnet152_32_pooled', 'resnet20_c10_pooled_1..7'],
  ...['resnet_28_conv_3l', 'resnet_28_pad2_conv_4l', 'resnet_30_conv_5l', 'resnet_28_pad2_gpf'],
  ...['vit_24_3L-8192', 'vit_t_c100_gpf', 'bert_minilm_64_2L', 'msdnet_c100_msdnet'],
  ...['vit_t_c100_cascade', 'resnet_28_pad2_cascade', 'vit_t_c100_ztw', 'resnet_28_pad2_ztw'],
]

describe('costs equal fvcore’s to the last multiply-add', () => {
  test('in the 285 numbers of the 27 networks that were counted for the tables of the paper, and of others', () => {
    const ofPaper = Object.entries(golden).filter(([name]) => !others.includes(name))
    expect(ofPaper).toHaveLength(27)
    expect(ofPaper.reduce((sum, [, { exits }]) => sum + 1 + exits.length, 0)).toBe(285)
    expect(Object.keys(golden)).toHaveLength(27 + others.length)
  })

  test.each(Object.entries(golden))('%s', (_, { network, backbone, exits }) => {
    expect(costs(createNetwork(networkSpec.parse(network)))).toEqual({ backbone, exits })
  })
})

describe.each([
  ['resnet', smallResnet()],
  ['vit', smallVit()],
  ['bert', smallBert()],
  ['msdnet', smallMsdnet()],
])('the ledger of a %s', (_, spec) => {
  const network = createNetwork(spec)

  test('adds up to the cost of each exit', () => {
    const sums = costs(network).exits.map((_, exit) =>
      ledger(network)
        .filter((row) => row.exit <= exit)
        .reduce((sum, { macs }) => sum + macs, 0),
    )
    expect(sums).toEqual(costs(network).exits)
  })

  test('counts a head at its own exit', () => {
    for (const { module, exit } of ledger(network)) {
      if (module.startsWith('heads.')) expect(Number(module.split('.')[1])).toBe(exit)
    }
  })

  test('has the final exit at the bare backbone plus all heads', () => {
    const headCost = ledger(network).filter(({ module }) => module.startsWith('heads.'))
    const { backbone, exits } = costs(network)
    expect(exits.at(-1)).toBe(backbone + headCost.reduce((sum, { macs }) => sum + macs, 0))
  })

  test('of the bare backbone has one exit, at 100 %', () => {
    const { backbone } = costs(network)
    expect(costs(createNetwork({ ...spec, exits: [] }))).toEqual({ backbone, exits: [backbone] })
  })
})

describe('maps of an MSDNet that nothing reads', () => {
  /** Multiply-adds of the backbone, and of its operations that no exit depends on. */
  function unread(sizes: object) {
    const normalisation = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] }
    const images = { kind: 'images' as const, height: 32, width: 32, channels: 3, classes: 100, pad: 0, normalisation }
    const choice = networkChoice.parse({ family: 'msdnet', stages: 1, ...sizes })
    const network = createNetwork({ ...resolveNetwork(choice, images), exits: [] })
    const read = new Set([...network.exits.at(-1)!.parameters].map((name) => name.replace(/\.[^.]+$/, '')))
    const ofParameters = new Set(network.parameters.map(({ name }) => name.replace(/\.[^.]+$/, '')))
    const without = ledger(network).filter(({ module }) => ofParameters.has(module) && !read.has(module))
    return { backbone: costs(network).backbone, unread: without.reduce((sum, { macs }) => sum + macs, 0) }
  }

  test('are counted: of one dense layer the two finer maps', () => {
    const [fine, coarse] = [32 * 32, 16 * 16]
    // A 1 × 1 and a 3 × 3 convolution, each with batch norm, two an element.
    const path = (inputs: number, width: number, { from, to }: { from: number; to: number }) =>
      from * (inputs * width + 2 * width) + to * (9 * width * 6 + 2 * 6)
    const expected =
      path(16, 6, { from: fine, to: fine }) +
      path(16, 6, { from: fine, to: coarse }) +
      path(32, 12, { from: coarse, to: coarse })
    expect(unread({ base: 1 }).unread).toBe(expected)
  })

  test('are there with 1, 2 and 4 layers at three scales, and in neither variant', () => {
    const shares = [1, 2, 3, 4, 5, 6, 7, 8].map((base) => unread({ base }))
    expect(shares.map(({ unread, backbone }) => Math.round((100 * unread) / backbone))).toEqual([
      13, 16, 0, 6, 0, 0, 0, 0,
    ])
    const wide = unread({ base: 4, reduction: 0 })
    expect(Math.round((100 * wide.unread) / wide.backbone)).toBe(8)
    expect(unread({ base: 2, prune: 'min' }).unread).toBe(0)
    for (const variant of ['msdnet-cifar', 'msdnet-cifar-budgeted'])
      expect(unread({ variant, stages: undefined }).unread).toBe(0)
  })
})

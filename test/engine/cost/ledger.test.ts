import { describe, expect, test } from 'vitest'
import { costs, ledger } from '../../../src/main/engine/cost/ledger.ts'
import { createNetwork } from '../../../src/main/engine/networks/index.ts'
import { networkSpec } from '../../../src/main/engine/networks/families.ts'
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

  test('charges a head to its own exit', () => {
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

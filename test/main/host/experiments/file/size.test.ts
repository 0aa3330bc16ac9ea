import { expect, it } from 'vitest'
import { parseExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'

const withNetwork = (network: string) => () =>
  parseExperiment(`name: big\ndata: { source: mnist }\nnetwork: ${network}\nregimes: [joint]\n`, 'big.yaml')

it.each([
  ['{ family: resnet, blockCounts: [600, 401] }', 'network.blockCounts: expected at most 1000 blocks in all; got 1001'],
  ['{ family: vit, depth: 1001 }', 'network.depth: expected at most 1000 blocks in all; got 1001'],
  ['{ family: resnet, blockCounts: [1, 1], widths: [8, 8193] }', 'network.widths[1]: expected widths of at most 8192'],
])('refuses a network that is too large with its line: %s', (network, message) => {
  expect(withNetwork(network)).toThrow(message)
  expect(withNetwork(network)).toThrow('big.yaml:3:')
})

it('names each width that is too large by its stage', () => {
  expect(withNetwork('{ family: resnet, blockCounts: [1, 1, 1], widths: [9000, 8, 9000] }')).toThrow(
    expect.objectContaining({
      fields: {
        problems: [0, 2].map((stage) => expect.objectContaining({ path: ['network', 'widths', stage], line: 3 })),
      },
    }),
  )
})

it('takes the largest sizes that are allowed', () => {
  expect(withNetwork('{ family: resnet, blockCounts: [500, 500], widths: [8, 8192] }')).not.toThrow()
})

import type { NetworkSpec } from '../../../shared/network.ts'
import { heads } from '../heads/index.ts'
import type { Network } from './network.ts'
import { createResnet } from './resnet.ts'
import { resnetSizes, vitSizes, type Sizes } from './sizes.ts'
import { createVit } from './vit.ts'

export { initialise, type EngineArray } from './initialise.ts'
export type { ExitPosition, ForwardOptions, Network } from './network.ts'
export { partOf } from './parts.ts'

interface Family<Spec extends NetworkSpec> {
  info: { title: string; summary: string; paper: string }
  create(spec: Spec): Network
  sizes(spec: Spec): Sizes
}

/** Every family of networks. */
export const networkFamilies = {
  resnet: {
    info: {
      title: 'Residual network',
      summary: 'Convolutional, post-activation, basic or bottleneck blocks, no max-pooling.',
      paper: 'He et al. 2016, Deep Residual Learning for Image Recognition',
    },
    create: createResnet,
    sizes: resnetSizes,
  },
  vit: {
    info: {
      title: 'Vision transformer',
      summary: 'Pre-norm encoder blocks on image patches, with class token and learned positions.',
      paper: 'Dosovitskiy et al. 2021, An Image is Worth 16x16 Words',
    },
    create: createVit,
    sizes: vitSizes,
  },
} satisfies { [Name in NetworkSpec['family']]: Family<Extract<NetworkSpec, { family: Name }>> }

/** Builds the network that a spec describes. Throws `invalid-experiment` where its sizes do not fit together. */
export function createNetwork(spec: NetworkSpec): Network {
  const family: Family<NetworkSpec> = networkFamilies[spec.family]
  return family.create(spec)
}

/** What people are told of a network's sizes and of its heads. */
export function sizesOf(spec: NetworkSpec): Sizes & { head: string } {
  const family: Family<NetworkSpec> = networkFamilies[spec.family]
  return { ...family.sizes(spec), head: heads[spec.head].info.title }
}

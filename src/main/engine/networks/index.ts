import type { NetworkSpec } from '../../../shared/network.ts'
import type { Network } from './network.ts'
import { createResnet } from './resnet.ts'
import { createVit } from './vit.ts'

export { initialise, type EngineArray } from './initialise.ts'
export type { ExitPosition, ForwardOptions, Network } from './network.ts'
export { partOf } from './parts.ts'

interface Family<Spec extends NetworkSpec> {
  info: { title: string; summary: string; paper: string }
  create(spec: Spec): Network
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
  },
  vit: {
    info: {
      title: 'Vision transformer',
      summary: 'Pre-norm encoder blocks on image patches, with class token and learned positions.',
      paper: 'Dosovitskiy et al. 2021, An Image is Worth 16x16 Words',
    },
    create: createVit,
  },
} satisfies { [Name in NetworkSpec['family']]: Family<Extract<NetworkSpec, { family: Name }>> }

/** Builds the network that a spec describes. Throws `invalid-experiment` where its sizes do not fit together. */
export function createNetwork(spec: NetworkSpec): Network {
  const family: Family<NetworkSpec> = networkFamilies[spec.family]
  return family.create(spec)
}

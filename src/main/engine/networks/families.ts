import { ExitlabError } from '../../../shared/error.ts'
import type { ImagePreparation, NetworkChoice, NetworkOutline, NetworkSpec } from '../../../shared/network.ts'
import { imagePreparation } from '../../../shared/network.ts'
import { createRegistry } from '../../../shared/registry.ts'
import type { Family } from './family.ts'
import { resnet } from './resnet/family.ts'
import { vit } from './vit/family.ts'

export const families = createRegistry<Family>('network family', { resnet, vit })

/** The family of a network. */
export const familyOf = ({ family }: { family: string }): Family => families.get(family)

/** Schema of a network with nothing left open, of any family. */
export const networkSpec = families.union<NetworkSpec>('family', ({ spec }) => spec)

/** Schema of the `network` section of an experiment. */
export const networkChoice = families
  .union<NetworkChoice>('family', ({ choice }) => choice)
  .describe('The backbone, the positions of its exits, and their heads.')

/** How pixels become the input of a network. Throws `internal` where it does not take images. */
export function imagePreparationOf(network: NetworkSpec): ImagePreparation {
  const { takes, info } = familyOf(network)
  if (takes !== 'images') throw new ExitlabError('internal', `${info.title} takes ${takes}, not images.`)
  return imagePreparation.parse(network)
}

export function outlineOf(network: NetworkSpec): NetworkOutline {
  const { reads, blockCount } = familyOf(network)
  const blocks = blockCount(network)
  return { reads, blockCount: blocks, exits: [...network.exits, blocks - 1] }
}

import { ExitlabError, type Problem } from '../../shared/basics/error.ts'
import type {
  ImagePreparation,
  NetworkChoice,
  NetworkOutline,
  NetworkSpec,
  SampleSpec,
} from '../../shared/network/network.ts'
import { imagePreparation } from '../../shared/network/network.ts'
import { createRegistry } from '../../shared/methods/registry.ts'
import { heads } from '../heads/index.ts'
import { foreignSizes, withHeadSizes } from './head-sizes.ts'
import type { Family } from './family.ts'
import { bert } from './bert/family.ts'
import { msdnet } from './msdnet/family.ts'
import { onnx } from './onnx/family.ts'
import { resnet } from './resnet/family.ts'
import { vit } from './vit/family.ts'

export const families = createRegistry<Family>('family', { resnet, vit, bert, msdnet, onnx })

/** The family of a network. */
export const familyOf = ({ family }: { family: string }): Family => families.get(family)

/** Schema of a network with nothing left open, of any family. */
export const networkSpec = families.union<NetworkSpec>('family', ({ spec }) => withHeadSizes(spec))

/** Schema of the `network` section of an experiment. */
export const networkChoice = families
  .union<NetworkChoice>('family', ({ choice }) => withHeadSizes(choice))
  .describe('The backbone, the positions of its exits, and their heads.')

/** Type of the samples that a network takes. */
export function sampleKindOf(network: NetworkSpec): SampleSpec['kind'] {
  const { takes, inputs } = familyOf(network)
  return takes ?? ('ids' in inputs(network) ? 'text' : 'images')
}

/** Normalisation of pixels for a network. Throws `internal` for networks that do not take images. */
export function imagePreparationOf(network: NetworkSpec): ImagePreparation {
  if (sampleKindOf(network) !== 'images') {
    throw new ExitlabError('internal', `${familyOf(network).info.title} takes texts, not images.`)
  }
  return imagePreparation.parse(network)
}

/** Problems of a `network` section found by its family and head beyond the schema; values may have any type. */
export function networkContradictions(choice: Readonly<Record<string, unknown>> & { family: string }): Problem[] {
  const { contradictions, defaults } = familyOf(choice)
  return [...contradictions(choice), ...foreignSizes(choice, defaults.head)]
}

export function outlineOf(network: NetworkSpec): NetworkOutline {
  const { reads, blockCount } = familyOf(network)
  const blocks = blockCount(network)
  return { reads: reads(network), token: tokenOf(network), blockCount: blocks, exits: [...network.exits, blocks - 1] }
}

/** What analyses have of tokens where they read one. */
export function tokenOf(network: NetworkSpec): NetworkOutline['token'] {
  if ('feature' in network && network.feature === 'mean token') return 'mean of the tokens'
  // What a head reads that this version does not have is not known.
  const isRead = heads.has(network.head) && heads.get(network.head).reads.tokens === 'first'
  return isRead ? 'class token' : 'first token'
}

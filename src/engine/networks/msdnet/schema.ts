import { z } from 'zod'
import { exitPlacement, imageKeys, networkKeys } from '../../../shared/network/network.ts'
import { headsFor } from '../../heads/index.ts'
import { snippets, type Variant } from '../family.ts'

const count = z.int().positive()
const factors = z.array(count).min(1)
const prune = z.enum(['max', 'min'])
const reduction = z.number().min(0).max(1)
const head = headsFor('map')

/** A multi-scale dense network (Huang 2018). */
export const spec = z.strictObject({
  family: z.literal('msdnet'),
  /** Dense layers of all stages, the first layer and transitions not counted. */
  layers: count,
  /** Channels of the first layer, at a scale whose growth factor is 1. */
  channels: count,
  /** Channels that a dense layer adds, at a scale whose growth factor is 1. */
  growth: count,
  /** Of each scale, the finest first: how many times its channels are those of `channels` and `growth`. */
  growthFactors: factors,
  /** Of each scale: a 1 × 1 convolution gives at most so many times the channels of the 3 × 3 one behind it. Null: there is none. */
  bottleneckFactors: factors.nullable(),
  prune,
  reduction,
  /** Height, width and channels of the images as stored, before padding. */
  inputShape: z.tuple([count, count, count]),
  head,
  ...imageKeys,
  ...networkKeys,
})
export type MsdnetSpec = z.infer<typeof spec>

/** What decides the modules of the backbone. */
export type MsdnetSizes = Pick<
  MsdnetSpec,
  'layers' | 'channels' | 'growth' | 'growthFactors' | 'bottleneckFactors' | 'prune' | 'reduction'
>

/** Settings that give the number of dense layers. */
export interface Stages {
  stages: number
  base: number
  step: number
  stepMode: 'even' | 'linear'
}

/** Settings that give the sizes. */
export interface SizeSettings extends Stages, Pick<MsdnetSizes, 'channels' | 'growth' | 'prune' | 'reduction'> {
  growthFactors: readonly number[]
  bottleneck: boolean
  /** Default: the growth factors. */
  bottleneckFactors?: readonly number[] | undefined
}

export interface MsdnetVariant extends Variant, SizeSettings {}

const common = {
  channels: 16,
  growth: 6,
  growthFactors: [1, 2, 4],
  bottleneck: true,
  prune: 'max',
  reduction: 0.5,
} as const

/** The networks for CIFAR of the PyTorch code: for predictions at any time, and for a batch with a budget (Huang 2018, section 4). */
export const variants = {
  'msdnet-cifar': {
    ...common,
    title: 'MSDNet (CIFAR)',
    stages: 7,
    base: 4,
    step: 2,
    stepMode: 'even',
  },
  'msdnet-cifar-budgeted': {
    ...common,
    title: 'MSDNet (CIFAR, budgeted)',
    stages: 5,
    base: 1,
    step: 1,
    stepMode: 'linear',
  },
} satisfies Record<string, MsdnetVariant>
const variantNames = Object.keys(variants) as (keyof typeof variants)[]

const ofVariant = (meaning: string) => `${meaning} Default: the variant's.`

/** A multi-scale dense network: a `variant`, any of whose sizes may be overridden. */
export const choice = z
  .strictObject({
    family: z.literal('msdnet').describe('A multi-scale dense network.'),
    variant: z.enum(variantNames).default('msdnet-cifar').describe('Sizes to start from; each may be overridden.'),
    stages: count.optional().describe(ofVariant('Stages of dense layers; other codes call them blocks.')),
    base: count.optional().describe(ofVariant('Dense layers of the first stage.')),
    step: count
      .optional()
      .describe(
        ofVariant(
          'Dense layers of each later stage; where stepMode is linear, by how many each has more than the one before.',
        ),
      ),
    stepMode: z
      .enum(['even', 'linear'])
      .optional()
      .describe(ofVariant('even: each later stage has step layers; linear: the i-th later one has i · step + 1.')),
    channels: count.optional().describe(ofVariant('Channels of the first layer at the finest scale.')),
    growth: count.optional().describe(ofVariant('Channels that a dense layer adds at the finest scale.')),
    growthFactors: factors
      .optional()
      .describe(ofVariant('One for each scale, the finest first: multiplies channels and growth there.')),
    bottleneck: z
      .boolean()
      .optional()
      .describe(ofVariant('Whether a 1 × 1 convolution comes before each 3 × 3 one of a dense layer.')),
    bottleneckFactors: factors
      .optional()
      .describe(
        'One for each scale: the 1 × 1 convolution gives at most so many times the channels of the 3 × 3 one. Default: the growth factors.',
      ),
    prune: prune
      .optional()
      .describe(
        ofVariant('When the finest scale is dropped: max, after equal shares of the layers; min, at the last layers.'),
      ),
    reduction: reduction
      .optional()
      .describe(ofVariant('Share of the channels that a transition keeps; 0: there are no transitions.')),
    exits: exitPlacement.optional(),
    head: head
      .default('pooled')
      .describe('Exit head on the coarsest map; msdnet is the classifier of the original network.'),
  })
  .meta(snippets('msdnet', variants))
export type MsdnetChoice = z.infer<typeof choice>

import { z } from 'zod'
import { exitPlacement, networkKeys } from '../../../../shared/network.ts'
import { headsFor } from '../../heads/index.ts'
import { snippets, type Variant } from '../family.ts'

const count = z.int().positive()
const rate = z.number().min(0).lt(1)
const head = headsFor('tokens')

/** A BERT encoder with a sequence classifier (Devlin 2019). */
export const spec = z.strictObject({
  family: z.literal('bert'),
  /** Rows of the table of tokens: ids are below it. */
  vocabulary: count,
  /** Tokens of the longest sample that it takes, and rows of the table of positions. */
  maxLength: count,
  dim: count,
  mlpDim: count,
  /** Layers, each of two blocks. */
  depth: count,
  headCount: count,
  dropout: rate,
  attentionDropout: rate,
  head,
  ...networkKeys,
})
export type BertSpec = z.infer<typeof spec>

export interface BertVariant extends Variant, Pick<BertSpec, 'dim' | 'mlpDim' | 'depth' | 'headCount'> {}

/** Sizes of pre-trained encoders (method 1.3). */
export const variants = {
  'bert-base': { title: 'BERT-B', dim: 768, mlpDim: 3072, depth: 12, headCount: 12 },
  'minilm-l6': { title: 'MiniLM-L6', dim: 384, mlpDim: 1536, depth: 6, headCount: 12 },
} satisfies Record<string, BertVariant>
export const variantNames = Object.keys(variants) as (keyof typeof variants)[]

const size = (meaning: string) => count.optional().describe(`${meaning} Default: the variant's.`)

/** A BERT: a `variant`, any of whose sizes may be overridden. */
export const choice = z
  .strictObject({
    family: z.literal('bert').describe('A BERT encoder, for text.'),
    variant: z.enum(variantNames).default('minilm-l6').describe('Preset of sizes; each can be overridden.'),
    maxLength: count
      .optional()
      .describe('Number of positions: the longest sample in tokens. Default: that of the data set.'),
    dim: size('Embedding dimension.'),
    mlpDim: size('Hidden units of the MLP.'),
    depth: size('Number of layers, each of an attention and a feed-forward block.'),
    headCount: size('Number of attention heads.'),
    dropout: rate.default(0.1).describe('Dropout rate after the embedding, in each block and before the classifier.'),
    attentionDropout: rate.default(0.1).describe('Dropout rate of the attention weights.'),
    exits: exitPlacement.optional(),
    head: head
      .default('1L')
      .describe('Exit head on token 0: number of layers and hidden units. 1L is one linear layer.'),
  })
  .meta(snippets('bert', variants))
export type BertChoice = z.infer<typeof choice>

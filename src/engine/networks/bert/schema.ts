import { z } from 'zod'
import { networkKeys } from '../../../shared/network/network.ts'
import { snippets } from '../family.ts'
import { transformerChoice, transformerKeys, type TransformerVariant } from '../transformer.ts'

const count = z.int().positive()

/** A BERT encoder with a sequence classifier (Devlin 2019); each of its `depth` layers is two blocks. */
export const spec = z.strictObject({
  family: z.literal('bert'),
  /** Rows of the table of tokens: ids are below it. */
  vocabulary: count,
  /** Tokens of the longest sample that it takes, and rows of the table of positions. */
  maxLength: count,
  ...transformerKeys,
  ...networkKeys,
})
export type BertSpec = z.infer<typeof spec>

/** Sizes of pre-trained encoders (method 1.3). */
export const variants = {
  'bert-base': { title: 'BERT-B', dim: 768, mlpDim: 3072, depth: 12, headCount: 12 },
  'minilm-l6': { title: 'MiniLM-L6', dim: 384, mlpDim: 1536, depth: 6, headCount: 12 },
} satisfies Record<string, TransformerVariant>
const variantNames = Object.keys(variants) as (keyof typeof variants)[]

/** A BERT: a `variant`, any of whose sizes may be overridden. */
export const choice = z
  .strictObject({
    family: z.literal('bert').describe('A BERT encoder, for text.'),
    variant: z.enum(variantNames).default('minilm-l6').describe('Preset of sizes; each can be overridden.'),
    maxLength: count
      .optional()
      .describe('Number of positions: the longest sample in tokens. Default: that of the data set.'),
    ...transformerChoice({
      depth: 'Number of layers, each of an attention and a feed-forward block.',
      dropout: { places: 'after the embedding, in each block and before the classifier', rate: 0.1 },
      token: 'token 0',
    }),
  })
  .meta(snippets('bert', variants))
export type BertChoice = z.infer<typeof choice>

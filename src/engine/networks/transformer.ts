import { z } from 'zod'
import { exitPlacement } from '../../shared/network/network.ts'
import { headsFor } from '../heads/index.ts'
import { refusal, type Variant } from './family.ts'

const count = z.int().positive()
const rate = z.number().min(0).lt(1)
const head = headsFor('tokens')

const sizes = { dim: count, mlpDim: count, depth: count, headCount: count }
type TransformerSizes = z.infer<z.ZodObject<typeof sizes>>
export interface TransformerVariant extends Variant, TransformerSizes {}

/** Keys in the specification of every transformer. */
export const transformerKeys = { ...sizes, dropout: rate, attentionDropout: rate, head }

/** Optional key of a choice. */
export const sizeOfVariant = (meaning: string) => count.optional().describe(`${meaning} Default: the variant's.`)

interface Described {
  depth: string
  /** Where dropout is applied, and the default of its rates. */
  dropout: { places: string; rate: number }
  /** Token that exit heads read. */
  token: string
}

/** Keys in the choice of every transformer. */
export const transformerChoice = ({ depth, dropout, token }: Described) => ({
  dim: sizeOfVariant('Embedding dimension.'),
  mlpDim: sizeOfVariant('Hidden units of the MLP.'),
  depth: sizeOfVariant(depth),
  headCount: sizeOfVariant('Number of attention heads.'),
  dropout: rate.default(dropout.rate).describe(`Dropout rate ${dropout.places}.`),
  attentionDropout: rate.default(dropout.rate).describe('Dropout rate of the attention weights.'),
  exits: exitPlacement.optional(),
  head: head
    .default('1L')
    .describe(`Exit head on ${token}: number of layers and hidden units. 1L is one linear layer.`),
})

type SizeChoice = { [Size in keyof TransformerSizes]?: number | undefined }

/** Sizes of a choice; omitted ones are those of its variant. */
export function transformerSizes(choice: SizeChoice, variant: TransformerVariant): TransformerSizes {
  return {
    dim: choice.dim ?? variant.dim,
    mlpDim: choice.mlpDim ?? variant.mlpDim,
    depth: choice.depth ?? variant.depth,
    headCount: choice.headCount ?? variant.headCount,
  }
}

/** @throws ExitlabError `invalid-experiment` unless the attention heads divide the embedding evenly. */
export function checkHeadCount({ dim, headCount }: TransformerSizes): void {
  if (dim % headCount !== 0) throw refusal('headCount', `${headCount} heads do not divide dim ${dim} evenly`)
}

/** A specification without its dropout rates, which act in training only. */
export function withoutDropout<Spec extends { dropout: number; attentionDropout: number }>({
  dropout: _,
  attentionDropout: __,
  ...evaluated
}: Spec): object {
  return evaluated
}

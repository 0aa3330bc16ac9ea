import type { TextSpec } from '../../../shared/network/network.ts'
import { placeExits, upTo } from '../exit-placement.ts'
import { chain, refusal, tooDeep, variantTitle, type Family, type NetworkPicture } from '../family.ts'
import { transformerSizes, withoutDropout } from '../transformer.ts'
import { choice, spec, variants } from './schema.ts'
import { huggingFace } from './weights.ts'
import type { BertChoice, BertSpec } from './schema.ts'

export const bert: Family<BertSpec, BertChoice, 'text'> = {
  info: {
    title: 'BERT',
    summary: 'Post-norm encoder on tokens of text; each layer is an attention and a feed-forward block.',
    paper: 'Devlin et al. 2019, BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding',
  },
  choice,
  spec,
  variants,
  defaults: { augmentation: 'none', clipNorm: 1, head: '1L' },
  reads: () => 'tokens',
  takes: 'text',
  contradictions: ({ depth }) => tooDeep('depth', typeof depth === 'number' ? blockCount({ depth }) : depth),
  resolve,
  inputs: ({ maxLength, vocabulary }) => ({
    ids: { shape: [maxLength], dtype: 'int32', most: vocabulary - 1 },
    mask: { shape: [maxLength], dtype: 'int32', most: 1 },
    segments: { shape: [maxLength], dtype: 'int32', most: 1 },
  }),
  blockCount,
  lastSite: (spec) => blockCount(spec) - 1,
  evaluated: withoutDropout,
  draw,
  weights: [huggingFace],
  notes,
  load: () => import('./build.ts'),
}

/** Two blocks a layer: attention, feed-forward. */
function blockCount({ depth }: Pick<BertSpec, 'depth'>): number {
  return 2 * depth
}

/** Defaults: the variant's sizes (method 1.3), positions for the longest sample, exits behind every feed-forward block but the last. */
function resolve(choice: BertChoice, text: TextSpec): BertSpec {
  const sizes = transformerSizes(choice, variants[choice.variant])
  const blocks = blockCount(sizes)
  const defaultExits = upTo(1, blocks - 3, 2)
  if (!choice.exits && defaultExits.length === 0) {
    throw refusal('exits', 'one layer has no default exits; list the blocks, of which it has two, or raise depth')
  }
  return {
    family: 'bert',
    vocabulary: text.vocabulary,
    maxLength: lengthFor(choice, text),
    ...sizes,
    dropout: choice.dropout,
    attentionDropout: choice.attentionDropout,
    classes: text.classes,
    exits: placeExits(choice.exits ?? defaultExits, { network: 'bert', blockCount: blocks, lastSite: blocks - 1 }),
    head: choice.head,
  }
}

function lengthFor({ maxLength }: BertChoice, text: TextSpec): number {
  if (maxLength === undefined || maxLength >= text.maxLength) return maxLength ?? text.maxLength
  throw refusal(
    'maxLength',
    `positions for ${maxLength} tokens are too few for samples of ${text.maxLength}; leave it out, or shorten the samples (data.maxLength)`,
  )
}

/** Width and attention heads of the attention blocks, widths of the feed-forward blocks. */
function draw({ dim, mlpDim, depth, headCount, maxLength, classes }: BertSpec): NetworkPicture {
  const title = variantTitle(variants, { dim, mlpDim, depth, headCount }) ?? 'BERT'
  return {
    title: `${title} · ${depth} ${depth === 1 ? 'layer' : 'layers'}`,
    input: `${maxLength} tokens`,
    ...chain(
      { id: 'embeddings', label: 'embed', detail: `${dim}` },
      Array.from({ length: depth }, () => [`${headCount} heads`, `mlp ${mlpDim}`]).flat(),
      classes,
    ),
  }
}

function notes({ headCount, maxLength }: BertSpec): string {
  return `The network is a BERT encoder. Its inputs are \`ids\`, \`mask\` (1: token, 0: padding) and \`segments\`, each [samples, length] with at most
${maxLength} tokens. \`embeddings\`: \`word\` of the id, \`segment\` and \`position\` (from 0) added, then \`norm\`. Blocks alternate: \`blocks.0\`, \`blocks.2\`, …
are attention with ${headCount} heads (\`attn.qkv\` gives queries, keys and values in this order, \`attn.out\`), scores of padding lowered by 1e9;
\`blocks.1\`, \`blocks.3\`, … an MLP with GELU (\`mlp.fc1\`, \`mlp.fc2\`). Each adds its input and then applies \`norm\`; layer norm has eps 1e-12.
\`classifier\` reads tanh of \`pooler\` of token 0. Heads read token 0 without the pooler.`
}

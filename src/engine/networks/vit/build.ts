import { gelu } from '../../layers/activation.ts'
import { attention } from '../../layers/attention.ts'
import { conv2d } from '../../layers/conv2d.ts'
import { dropout } from '../../layers/dropout.ts'
import { classToken, firstToken, patchTokens, positions } from '../../layers/embedding.ts'
import { normal, truncatedNormal, xavierUniform, zeros } from '../../layers/initialisers.ts'
import { blockOf, type Layer } from '../../layers/layer.ts'
import { layerNorm } from '../../layers/normalisation.ts'
import { linear } from '../../layers/linear.ts'
import { inGroup } from '../../layers/parameter.ts'
import { residual, sequential } from '../../layers/composition.ts'
import { refusal } from '../family.ts'
import type { Backbone } from '../network.ts'
import { checkHeadCount } from '../transformer.ts'
import type { VitSpec } from './schema.ts'

/** Units of the residual stream, which every block reads and adds to. */
const units = { group: 'stream' }
const norm = { units, epsilon: 1e-6 }

/**
 * A vision transformer with class token, learned positions and pre-norm blocks (Dosovitskiy 2021; method 1.2), initialised as
 * torchvision's. Takes images [height, width, channels]; features behind a block are its tokens [tokens, dim] before the final norm.
 */
export function build(spec: VitSpec): Backbone {
  checkPatches(spec)
  checkHeadCount(spec)
  const stem = createStem(spec)
  const shape = stem.outputShape
  const blocks = Array.from({ length: spec.depth }, (_, index) => createBlock(`blocks.${index}`, shape, spec))
  return {
    stem: blockOf(stem, { from: 'images', to: 'tokens', units }),
    blocks: blocks.map((block) => blockOf(block, { from: 'tokens', to: 'tokens', units })),
    classifier: blockOf(createClassifier(shape, spec), { from: 'tokens', to: 'logits' }),
    classifierReads: 'first',
  }
}

function createStem({ imageSize, patchSize, channels, dim, dropout: rate }: VitSpec): Layer {
  const fanIn = patchSize * patchSize * channels
  const patch = conv2d('patch', {
    inputShape: [imageSize, imageSize, channels],
    filters: dim,
    kernel: patchSize,
    stride: patchSize,
    bias: true,
    init: { weight: truncatedNormal(1 / Math.sqrt(fanIn)), bias: zeros },
    outputUnits: units,
  })
  const tokens = patchTokens('patch', patch.outputShape)
  const withClass = classToken('cls_token', tokens.outputShape, units)
  const shape = withClass.outputShape
  const drop = dropout('pos_embedding', { shape, rate, owner: 'pos_embedding' })
  return sequential([inGroup('patch', patch), tokens, withClass, positions('pos_embedding', shape, units), drop])
}

/** x + drop(attention(norm(x))), then x + mlp(norm(x)). */
function createBlock(name: string, shape: readonly number[], spec: VitSpec): Layer {
  const { headCount, attentionDropout } = spec
  const attend = attention(`${name}.attn`, { shape, headCount, dropout: attentionDropout, units })
  const drop = dropout(`${name}.attn`, { shape, rate: spec.dropout, owner: `${name}.attn.out.weight` })
  return sequential([
    residual(`${name}.attn`, sequential([layerNorm(`${name}.norm1`, shape, norm), attend, drop])),
    residual(
      `${name}.mlp`,
      sequential([layerNorm(`${name}.norm2`, shape, norm), createMlp(`${name}.mlp`, shape, spec)]),
    ),
  ])
}

function createMlp(name: string, shape: readonly number[], { dim, mlpDim, dropout: rate }: VitSpec): Layer {
  const init = { weight: xavierUniform(dim, mlpDim), bias: normal(1e-6) }
  const hidden = { group: name }
  const [first, second] = [`${name}.fc1`, `${name}.fc2`]
  const widen = linear(first, { inputShape: shape, features: mlpDim, init, inputUnits: units, outputUnits: hidden })
  const inner = widen.outputShape
  return sequential([
    widen,
    gelu(name, inner),
    dropout(first, { shape: inner, rate, owner: `${first}.weight` }),
    linear(second, { inputShape: inner, features: dim, init, inputUnits: hidden, outputUnits: units }),
    dropout(second, { shape, rate, owner: `${second}.weight` }),
  ])
}

/** Final norm and linear layer on the class token. */
function createClassifier(shape: readonly number[], { classes }: VitSpec): Layer {
  const lastNorm = inGroup('norm', layerNorm('norm', shape, norm))
  const token = firstToken('classifier', shape)
  const init = { weight: zeros, bias: zeros }
  const linearOptions = { inputShape: token.outputShape, features: classes, init, inputUnits: units }
  const output = inGroup('classifier', linear('classifier', linearOptions))
  return {
    ...sequential([lastNorm, token, output]),
    // The norm looks at each token alone: taking the class token first gives the same logits for less. Counted over all tokens, as the paper's code has it.
    apply: (context, input) => output.apply(context, lastNorm.apply(context, token.apply(context, input))),
  }
}

function checkPatches({ imageSize, patchSize }: VitSpec): void {
  if (imageSize % patchSize !== 0) {
    throw refusal(
      'patchSize',
      `patches of ${patchSize} pixels do not tile an image of ${imageSize}; choose a divisor of ${imageSize}, or pad the images (data.pad)`,
    )
  }
}

import {
  chain,
  defineExtension,
  type Engine,
  engine,
  exitPlacement,
  type Family,
  headsFor,
  imageKeys,
  networkKeys,
  outputsOf,
  placeExits,
  refusal,
  tooDeep,
  upTo,
  z,
} from 'exitlab/extension'
import type { Backbone, Layer } from 'exitlab/extension'

/** The settings that an experiment may leave out, with their defaults, and those of a network with nothing left open. */
const count = z.int().positive()
const sizes = { patchSize: count, depth: count, dim: count, tokenDim: count, channelDim: count }
const head = headsFor('map')
const choice = z.strictObject({
  family: z.literal('mlp-mixer').describe('Linear layers across patches and across channels in turn.'),
  patchSize: count.default(4).describe('Pixels of a patch’s side.'),
  depth: count.default(6).describe('Blocks.'),
  dim: count.default(64).describe('Channels of a patch.'),
  tokenDim: count.default(32).describe('Hidden units across patches.'),
  channelDim: count.default(128).describe('Hidden units across channels.'),
  exits: exitPlacement.optional(),
  head: head.default('pooled').describe('Exit head.'),
})
const spec = z.strictObject({
  family: z.literal('mlp-mixer'),
  imageSize: count,
  channels: count,
  ...sizes,
  head,
  ...networkKeys,
  ...imageKeys,
})
type Spec = z.infer<typeof spec>

/** An MLP-Mixer without attention or convolution but that of its patches; a block's feature is its map of patches. */
const family: Family<Spec, z.infer<typeof choice>, 'images'> = {
  info: {
    title: 'MLP-Mixer',
    summary: 'Linear layers across patches and across channels in turn.',
    paper: 'Tolstikhin et al. 2021, MLP-Mixer: An all-MLP Architecture for Vision',
  },
  choice,
  spec,
  variants: {},
  defaults: { augmentation: 'crop-flip', clipNorm: 1, head: 'pooled' },
  takes: 'images',
  reads: () => 'map',
  contradictions: ({ depth }) => tooDeep('depth', depth),
  resolve({ exits, ...chosen }, { height, width, channels, pad, classes, normalisation }) {
    const imageSize = height + 2 * pad
    if (height !== width)
      throw refusal('family', `an mlp-mixer takes square images, but these are ${height} × ${width}`)
    if (imageSize % chosen.patchSize !== 0)
      throw refusal('patchSize', `patches of ${chosen.patchSize} pixels do not tile an image of ${imageSize}`)
    const sites = { network: 'mlp-mixer', blockCount: chosen.depth, lastSite: chosen.depth - 2 }
    return {
      ...chosen,
      imageSize,
      channels,
      pad,
      classes,
      normalisation,
      exits: placeExits(exits ?? upTo(1, chosen.depth - 2), sites),
    }
  },
  inputs: ({ imageSize, channels }) => ({ images: { shape: [imageSize, imageSize, channels], dtype: 'float32' } }),
  blockCount: ({ depth }) => depth,
  lastSite: ({ depth }) => depth - 2,
  evaluated: (network) => network,
  draw: ({ imageSize, channels, patchSize, dim, depth, tokenDim, channelDim, classes }) => ({
    title: `MLP-Mixer · ${depth} blocks`,
    input: `${imageSize} × ${imageSize} × ${channels}`,
    ...chain(
      { id: 'patch', label: 'patch', detail: `${dim} · ${patchSize}×${patchSize}` },
      Array<string>(depth).fill(`${tokenDim} · ${channelDim}`),
      classes,
    ),
  }),
  notes: ({ classes }) =>
    '`patch` is a convolution; in `blocks.i` the layers `tokens.fc1`, `tokens.fc2` act across patches after `norm1`, `channels.fc1`, ' +
    `\`channels.fc2\` across channels after \`norm2\`, each with GELU between them and added to its input; \`classifier\`, ${outputsOf(classes)}, reads the mean after its norm.`,
  load: async () => ({ build: builder(await engine()) }),
}

const builder = (layers: Engine) => {
  const { blockOf, conv2d, gelu, globalAverage, inGroup, layerNorm, linear, patchTokens, residual, sequential, tf } =
    layers
  /** Units of the residual stream, which every block reads and adds to. */
  const units = { group: 'stream' }
  const norm = { units, epsilon: 1e-6 }

  /** Two linear layers with GELU between them, on the last axis. */
  function mlp(name: string, shape: readonly number[], hidden: number, outer?: { group: string }): Layer {
    const inner = { group: `${name}.hidden` }
    const first = linear(`${name}.fc1`, { inputShape: shape, features: hidden, inputUnits: outer, outputUnits: inner })
    const second = { inputShape: first.outputShape, features: shape.at(-1)!, inputUnits: inner, outputUnits: outer }
    return sequential([first, gelu(name, first.outputShape), linear(`${name}.fc2`, second)])
  }

  /** A layer of [channels, patches] on [patches, channels]. */
  function acrossPatches(layer: Layer, shape: readonly number[]): Layer {
    const turned = (input: Parameters<Layer['apply']>[1]) => tf.transpose(input, [0, 2, 1])
    return { ...layer, outputShape: shape, apply: (context, input) => turned(layer.apply(context, turned(input))) }
  }

  function block(name: string, map: readonly number[], { tokenDim, channelDim }: Spec): Layer {
    const tokens = patchTokens(name, map)
    const shape = tokens.outputShape
    const [patches, dim] = shape as [number, number]
    const mixed = acrossPatches(mlp(`${name}.tokens`, [dim, patches], tokenDim), shape)
    const back: Layer = {
      parameters: [],
      outputShape: map,
      operations: [{ module: name, kind: 'reshape', sizes: {} }],
      apply: (_, input) => tf.reshape(input, [-1, ...map]),
    }
    return sequential([
      tokens,
      residual(`${name}.tokens`, sequential([layerNorm(`${name}.norm1`, shape, norm), mixed])),
      residual(
        `${name}.channels`,
        sequential([layerNorm(`${name}.norm2`, shape, norm), mlp(`${name}.channels`, shape, channelDim, units)]),
      ),
      back,
    ])
  }

  return (network: Spec): Backbone => {
    const { imageSize, channels, patchSize, dim, depth, classes } = network
    const patches = { inputShape: [imageSize, imageSize, channels], filters: dim, kernel: patchSize, stride: patchSize }
    const stem = inGroup('stem', conv2d('patch', { ...patches, bias: true, outputUnits: units }))
    const map = stem.outputShape
    const average = globalAverage('classifier', map)
    const output = linear('classifier', { inputShape: average.outputShape, features: classes, inputUnits: units })
    const classifier = inGroup('classifier', sequential([layerNorm('classifier.norm', map, norm), average, output]))
    return {
      stem: blockOf(stem, { from: 'images', to: 'map', units }),
      blocks: upTo(0, depth - 1).map((index) =>
        blockOf(inGroup(`blocks.${index}`, block(`blocks.${index}`, map, network)), { from: 'map', to: 'map', units }),
      ),
      classifier: blockOf(classifier, { from: 'map', to: 'logits' }),
    }
  }
}

export default defineExtension({ name: 'mlp-mixer', families: { 'mlp-mixer': family } })

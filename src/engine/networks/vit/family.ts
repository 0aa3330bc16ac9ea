import type { ImageSpec } from '../../../shared/network/network.ts'
import { placeExits, upTo } from '../exit-placement.ts'
import { chain, refusal, tooDeep, variantTitle, type Family, type NetworkPicture } from '../family.ts'
import { transformerSizes, withoutDropout } from '../transformer.ts'
import { choice, spec, variants } from './schema.ts'
import type { VitChoice, VitPatch, VitSpec, VitVariant } from './schema.ts'
import { torchvision } from './weights.ts'

export const vit: Family<VitSpec, VitChoice, 'images'> = {
  info: {
    title: 'Vision transformer',
    summary: 'Pre-norm encoder blocks on image patches, with class token and learned positions.',
    paper: 'Dosovitskiy et al. 2021, An Image is Worth 16x16 Words',
  },
  choice,
  spec,
  variants,
  defaults: { augmentation: 'trivial-augment', clipNorm: 1, head: '1L' },
  reads: () => 'tokens',
  takes: 'images',
  contradictions: ({ depth }) => tooDeep('depth', depth),
  resolve,
  inputs: ({ imageSize, channels }) => ({ images: { shape: [imageSize, imageSize, channels], dtype: 'float32' } }),
  blockCount: ({ depth }) => depth,
  lastSite: ({ depth }) => depth - 1,
  evaluated: withoutDropout,
  draw,
  weights: [torchvision],
  notes,
  load: () => import('./build.ts'),
}

/** Defaults: the variant's sizes (method 1.2); a patch size that gives vit-t-cifar 8 × 8 patches, 16 pixels for the others. */
function resolve(choice: VitChoice, image: ImageSpec): VitSpec {
  const variant: VitVariant = variants[choice.variant]
  const { patch, exits } = variant
  const imageSize = squareSide(image)
  const sizes = transformerSizes(choice, variant)
  const { depth } = sizes
  const defaultExits = upTo(exits.first, depth - 1 - exits.sparedAtEnd, exits.step)
  if (!choice.exits && defaultExits.length === 0) {
    throw refusal('exits', `${choice.variant} with ${depth} blocks has no default exits; list the blocks`)
  }
  const sites = { network: 'vit', blockCount: depth, lastSite: depth - 1 }
  return {
    family: 'vit',
    imageSize,
    patchSize: choice.patchSize ?? defaultPatch(patch, imageSize),
    ...sizes,
    channels: image.channels,
    pad: image.pad,
    dropout: choice.dropout,
    attentionDropout: choice.attentionDropout,
    classes: image.classes,
    exits: placeExits(choice.exits ?? defaultExits, sites),
    head: choice.head,
    normalisation: image.normalisation,
  }
}

function squareSide({ height, width, pad }: ImageSpec): number {
  if (height !== width) {
    throw refusal(
      'family',
      `a vit takes square images, but these are ${height} × ${width}; give data.imageSize or use a resnet`,
    )
  }
  return height + 2 * pad
}

function defaultPatch(patch: VitPatch, imageSize: number): number {
  if ('size' in patch) return patch.size
  if (imageSize % patch.grid !== 0) {
    throw refusal(
      'patchSize',
      `an image of ${imageSize} pixels does not divide into ${patch.grid} × ${patch.grid} patches; give patchSize, or pad the images (data.pad)`,
    )
  }
  return imageSize / patch.grid
}

/** Width and attention heads of each block. */
function draw(spec: VitSpec): NetworkPicture {
  const { imageSize, patchSize, channels, dim, mlpDim, depth, headCount, classes } = spec
  const title = variantTitle(variants, { dim, mlpDim, depth, headCount }) ?? 'ViT'
  return {
    title: `${title} · ${depth} ${depth === 1 ? 'block' : 'blocks'}`,
    input: [imageSize, imageSize, channels].join(' × '),
    ...chain(
      { id: 'patch', label: 'patch', detail: `${dim} · ${patchSize}×${patchSize}` },
      Array<string>(depth).fill(`${dim} · ${headCount} h`),
      classes,
    ),
  }
}

function notes({ patchSize, headCount }: VitSpec): string {
  return `The network is a vision transformer with pre-norm blocks: \`patch\` (${patchSize} × ${patchSize} convolution with that stride), \`cls_token\` in front,
\`pos_embedding\` added, blocks of \`norm1\`, attention with ${headCount} heads (\`attn.qkv\` gives queries, keys and values in this order, \`attn.out\`),
\`norm2\` and an MLP with GELU (\`mlp.fc1\`, \`mlp.fc2\`), both added to their input; layer norm has eps 1e-6. \`classifier\` reads the class token
after \`norm\`.`
}

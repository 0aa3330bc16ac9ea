import type { ImageSpec } from '../../../../shared/network.ts'
import { placeExits, upTo } from '../exit-placement.ts'
import { chain, refusal, type Family } from '../family.ts'
import { imageInputs, paddedShape } from '../image-shape.ts'
import { defaultHead, readsOf } from './features.ts'
import type { NetworkFile } from '../../../../shared/network-file.ts'
import { choice, spec, type OnnxChoice, type OnnxSpec } from './schema.ts'

export const onnx: Family<OnnxSpec, OnnxChoice, 'images'> = {
  info: {
    title: 'Network of your own',
    summary: 'A network from an ONNX file, exported from PyTorch with or without its weights.',
    paper: 'ONNX, Open Neural Network Exchange, opset 17',
  },
  choice,
  spec,
  variants: {},
  defaults: { augmentation: 'crop-flip', clipNorm: null, head: 'pooled' },
  reads: ({ feature }) => readsOf(feature),
  takes: 'images',
  naming: 'PyTorch',
  contradictions: () => [],
  resolve,
  inputs: imageInputs,
  blockCount: ({ sites }) => sites.length,
  // The last block feeds the final classifier.
  lastSite: ({ sites }) => sites.length - 2,
  evaluated: ({ packed: _, title: __, fresh: ___, ...network }) => network,
  draw: (network) => ({
    title: `${network.title} · ${network.sites.length} blocks`,
    input: paddedShape(network).join(' × '),
    ...chain(
      { id: 'stem', label: 'stem', detail: '' },
      network.sites.map(({ shape }) => shape.join(' × ')),
      network.classes,
    ),
  }),
  notes,
  load: () => import('./build.ts'),
}

function resolve({ exits, head, start }: OnnxChoice, image: ImageSpec, file: NetworkFile | undefined): OnnxSpec {
  if (!file) throw refusal('file', 'the file has not been read')
  const { height, width, channels, pad, classes } = image
  const { feature, sites, title, graph, packed } = file
  const blockCount = sites.length
  const repeat = repetition(file, image)
  return {
    family: 'onnx',
    graph,
    packed,
    title,
    feature,
    sites,
    ...(start === 'fresh' && { fresh: file.fresh }),
    inputShape: [height, width, channels],
    pad,
    ...(repeat > 1 && { repeat }),
    classes,
    exits: placeExits(exits ?? upTo(0, blockCount - 2), { network: 'network', blockCount, lastSite: blockCount - 2 }),
    head: head ?? defaultHead(feature),
    normalisation: (repeat === 1 && file.normalisation) || image.normalisation,
  }
}

/** How often the channels of the images are repeated: one of grey images for each of the file's. */
function repetition({ inputShape }: NetworkFile, image: ImageSpec): number {
  const [height, width] = paddedShape({ inputShape: [image.height, image.width, image.channels], pad: image.pad })
  const [ownHeight, ownWidth, channels] = inputShape
  if (height !== ownHeight || width !== ownWidth)
    throw refusal(
      'file',
      `the file takes images of ${ownHeight} × ${ownWidth} pixels, and those of the data set have ${height} × ${width}`,
    )
  if (channels === image.channels || image.channels === 1) return channels / image.channels
  throw refusal(
    'file',
    `the file takes images of ${channels} channels, and those of the data set have ${image.channels}`,
  )
}

function notes({ title, sites, repeat }: OnnxSpec): string {
  return `The network is ${title}, as it was exported from PyTorch: its arrays have the names of its state dict. Blocks end behind the modules
${sites.map(({ module }) => `\`${module}\``).join(', ')}.${repeat ? ` The channel of the images is repeated ${repeat} times.` : ''} \`packed\` in network.json is its graph:
\`json.loads(zlib.decompress(base64.b64decode(packed), -15))\`.`
}

import type { FileSamples, NetworkFile } from '../../../shared/network/network-file.ts'
import type { ImageSpec, SampleSpec, TextSpec } from '../../../shared/network/network.ts'
import { placeExits, upTo } from '../exit-placement.ts'
import { chain, refusal, type Family } from '../family.ts'
import { imageInputs, paddedShape } from '../image-shape.ts'
import { choice, spec, type OnnxChoice, type OnnxSpec } from './schema.ts'
import { defaultHead, readsOf } from './sites/features.ts'

export const onnx: Family<OnnxSpec, OnnxChoice> = {
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
  takes: null,
  naming: 'PyTorch',
  contradictions: () => [],
  resolve,
  inputs: inputsOf,
  blockCount: ({ sites }) => sites.length,
  // The last block feeds the final classifier.
  lastSite: ({ sites }) => sites.length - 2,
  evaluated: ({ packed: _, title: __, fresh: ___, buffers: ____, counters: _____, tied: ______, ...network }) =>
    network,
  draw: (network) => ({
    title: `${network.title} · ${network.sites.length} blocks`,
    input: network.takes === 'text' ? `${network.maxLength} tokens` : paddedShape(network).join(' × '),
    ...chain(
      { id: 'stem', label: 'stem', detail: '' },
      network.sites.map(({ shape }) => shape.join(' × ')),
      network.classes,
    ),
  }),
  notes,
  load: () => import('./build.ts'),
}

function resolve({ exits, head, start }: OnnxChoice, samples: SampleSpec, file: NetworkFile | undefined): OnnxSpec {
  if (!file) throw refusal('file', 'the file has not been read')
  const { feature, sites, title, graph, packed } = file
  const blockCount = sites.length
  const lastSite = blockCount - 2
  return {
    family: 'onnx',
    graph,
    packed,
    title,
    feature,
    sites,
    ...(start === 'fresh' && { fresh: file.fresh, ...(file.buffers && { buffers: file.buffers }) }),
    ...(Object.keys(file.counters).length > 0 && { counters: file.counters }),
    ...(file.tied && { tied: file.tied }),
    ...fitted(file.samples, samples),
    classes: samples.classes,
    exits: placeExits(exits ?? upTo(0, lastSite), { network: 'network', blockCount, lastSite }),
    head: head ?? defaultHead(feature),
  }
}

/** What the file takes, of these samples. */
function fitted(own: FileSamples, samples: SampleSpec) {
  if (own.kind === 'images' && samples.kind === 'images') return fittedImages(own, samples)
  if (own.kind === 'text' && samples.kind === 'text') return fittedTexts(own, samples)
  const name = (kind: SampleSpec['kind']) => (kind === 'text' ? 'texts' : kind)
  throw refusal('file', `the file takes ${name(own.kind)}, and the data set (data.source) has ${name(samples.kind)}`)
}

type Of<Kind extends FileSamples['kind']> = Extract<FileSamples, { kind: Kind }>

/** Channels of grey images are repeated for each of the file's. */
function fittedImages({ shape: [ownHeight, ownWidth, ownChannels], normalisation }: Of<'images'>, image: ImageSpec) {
  const { pad, channels } = image
  const inputShape: [number, number, number] = [image.height, image.width, channels]
  const [height, width] = paddedShape({ inputShape, pad })
  if (height !== ownHeight || width !== ownWidth)
    throw refusal(
      'file',
      `the file takes images of ${ownHeight} × ${ownWidth} pixels, and those of the data set have ${height} × ${width}`,
    )
  if (ownChannels !== channels && channels !== 1)
    throw refusal(
      'file',
      `the file takes images of ${ownChannels} channels, and those of the data set have ${channels}`,
    )
  const repeat = ownChannels / channels
  const own = repeat === 1 ? normalisation : null
  return { inputShape, pad, ...(repeat > 1 && { repeat }), normalisation: own ?? image.normalisation }
}

function fittedTexts({ inputs, length, vocabulary }: Of<'text'>, text: TextSpec) {
  if (text.maxLength > length)
    throw refusal(
      'file',
      `the file takes texts of at most ${length} tokens, and those of the data set have up to ${text.maxLength}: shorten them (data.maxLength), or export with --length ${text.maxLength}`,
    )
  if (text.vocabulary > vocabulary)
    throw refusal(
      'file',
      `the file has a table of ${vocabulary} tokens, and the tokenizer gives ids below ${text.vocabulary}: name the tokenizer of the network (data.tokenizer)`,
    )
  return { takes: 'text' as const, inputs, vocabulary, maxLength: length }
}

function inputsOf(network: OnnxSpec): ReturnType<Family['inputs']> {
  if (network.takes !== 'text') return imageInputs(network)
  const { inputs, maxLength, vocabulary } = network
  const most = { ids: vocabulary - 1, mask: 1, segments: 1 }
  return Object.fromEntries(
    inputs.map((name) => [name, { shape: [maxLength], dtype: 'int32' as const, most: most[name] }]),
  )
}

function notes(network: OnnxSpec): string {
  const { title, sites } = network
  return `The network is ${title}, as it was exported from PyTorch: its arrays have the names of its state dict. Blocks end behind the modules
${sites.map(({ module }) => `\`${module}\``).join(', ')}.${inputNote(network)}${tokenNote(network)} \`packed\` in network.json is its graph:
\`json.loads(zlib.decompress(base64.b64decode(packed), -15))\`.`
}

function inputNote(network: OnnxSpec): string {
  if (network.takes === 'text') return ` Texts are padded to ${network.maxLength} tokens.`
  return network.repeat ? ` The channel of the images is repeated ${network.repeat} times.` : ''
}

function tokenNote(network: OnnxSpec): string {
  if (network.feature !== 'mean token') return ''
  const padded = network.takes === 'text' && network.inputs.includes('mask')
  return ` Its heads read the mean of all tokens${padded ? ' but padding' : ''} of their block, in place of token 0.`
}

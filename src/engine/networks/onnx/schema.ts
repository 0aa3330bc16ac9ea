import { z } from 'zod'
import { siteFeatures, textInputs } from '../../../shared/network/network-file.ts'
import { exitPlacement, imageKeys, networkKeys } from '../../../shared/network/network.ts'
import { heads } from '../../heads/index.ts'

const count = z.int().positive()

const graphKeys = {
  family: z.literal('onnx'),
  /** SHA-256 of the graph, and the graph: JSON, deflated, in base64 (graph/stored-graph.ts). */
  graph: z.string(),
  packed: z.string(),
  /** Name for people; not a part of the network's identity, as little as `packed`. */
  title: z.string(),
  /** What heads read behind each block. */
  feature: z.enum(siteFeatures),
  /** Exit sites in the order of the network: PyTorch's name of the module that ends there, and the shape of the feature. */
  sites: z.array(z.strictObject({ module: z.string(), after: z.int(), shape: z.array(z.int()) })).min(2),
  /** What arrays of one value are initialised with, by name; where the network starts fresh. */
  fresh: z.record(z.string(), z.number()).optional(),
  /** Buffers that nothing trains or measures: SHA-256 of safetensors, and those, deflated, in base64; where the network starts fresh. */
  buffers: z.strictObject({ sha256: z.string(), packed: z.string() }).optional(),
  /** Whole numbers of its state dict, which are written beside the weights; no part of the identity either. */
  counters: z.record(z.string(), z.int()).optional(),
  /** Further names of arrays in its state dict, and the name that they have here; no part of the identity either. */
  tied: z.record(z.string(), z.string()).optional(),
}

const ofImages = z.strictObject({
  ...graphKeys,
  takes: z.undefined().optional(),
  inputShape: z.tuple([count, count, count]),
  pad: imageKeys.pad,
  /** How often each channel of the images is repeated; absent: once. */
  repeat: count.optional(),
  head: heads.name,
  ...networkKeys,
  normalisation: imageKeys.normalisation,
})

const ofTexts = z.strictObject({
  ...graphKeys,
  takes: z.literal('text'),
  /** Inputs that it has, `ids` first. */
  inputs: z.array(z.enum(textInputs)),
  /** Rows of the table of tokens: ids are below it. */
  vocabulary: count,
  /** Tokens that all texts are padded to. */
  maxLength: count,
  head: heads.name,
  ...networkKeys,
})

/** A network from an ONNX file, complete without the file. */
export const spec = z.discriminatedUnion('takes', [ofImages, ofTexts])
export type OnnxSpec = z.infer<typeof spec>

/** A network from an ONNX file, as an experiment describes it. */
export const choice = z.strictObject({
  family: z.literal('onnx').describe('A network of your own, from an ONNX file.'),
  file: z.string().min(1).describe('The ONNX file, as exitlab export-backbone describes how to write it.'),
  start: z
    .enum(['file', 'fresh'])
    .default('file')
    .describe('Weights of the first phase: those of the file, or initial ones. initial.weights takes precedence.'),
  sites: z
    .array(z.string())
    .min(2)
    .optional()
    .describe(
      "Names of PyTorch's modules that blocks end with, the last block included. Default: those that exitlab network shows.",
    ),
  exits: exitPlacement.optional(),
  head: heads.name.optional().describe('Exit head. Default: pooled for maps, 1L for tokens.'),
})
export type OnnxChoice = z.infer<typeof choice>

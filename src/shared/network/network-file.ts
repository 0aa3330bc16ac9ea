import { z } from 'zod'

/** A map with its channels first or last, or of tokens the first or the mean. */
export const siteFeatures = ['map', 'map-last', 'first token', 'mean token'] as const
export type SiteFeature = (typeof siteFeatures)[number]

/** What a network of texts may take, each int32 [samples, tokens]: token ids, 1 for a token and 0 for padding, and segments. */
export const textInputs = ['ids', 'mask', 'segments'] as const

/** What a network in a file takes: images [height, width, channels], or texts of `length` tokens whose ids are below `vocabulary`. */
export type FileSamples =
  | {
      kind: 'images'
      shape: readonly [height: number, width: number, channels: number]
      normalisation: Normalisation | null
    }
  | { kind: 'text'; inputs: (typeof textInputs)[number][]; length: number; vocabulary: number }

/** Of pixels in [0, 1], by channel. */
interface Normalisation {
  mean: number[]
  std: number[]
}

/** What planning needs of an ONNX file. */
export interface NetworkFile {
  /** Of the file. */
  sha256: string
  /** SHA-256 of the graph, and the graph: JSON, deflated, in base64. */
  graph: string
  packed: string
  /** Name for people. */
  title: string
  /** What heads read behind each block. */
  feature: SiteFeature
  /** Exit sites in the order of the network: PyTorch's name of the module that ends there, the node behind which, the shape of the feature. */
  sites: { module: string; after: number; shape: number[] }[]
  samples: FileSamples
  classes: number
  /** Whole numbers of the state dict, which nothing reads: they are written beside the weights of an exported run. */
  counters: Record<string, number>
  /** Further names of arrays in the state dict, and the name that the file has; absent where there are none. */
  tied?: Record<string, string>
  /** Arrays that have one value, and that value. */
  fresh: Record<string, number>
  /** All others that nothing trains or measures, such as masks: SHA-256 of safetensors, and those, deflated, in base64; absent: none. */
  buffers?: { sha256: string; packed: string }
  /** What is to be known; sentences. */
  notes: string[]
}

/** An operator of a network, and PyTorch's name of its module. */
const place = z.object({ operator: z.string(), module: z.string() })

/** A value that leads past modules: what gives it, null the input; what reads it last, null the output. */
const passingValue = z.object({ from: place.nullable(), to: place.nullable() })
export type PassingValue = z.infer<typeof passingValue>

/** As a part of a sentence; `past`: modules. */
export function passingInWords({ from, to }: PassingValue, past: string): string {
  const named = ({ operator, module }: NonNullable<PassingValue['to']>) =>
    module === '' ? operator : `${operator} of ${module}`
  const value = from ? `what ${named(from)} gives` : 'the input'
  return `${value} leads past ${past} to ${to ? named(to) : 'the output'}`
}

const skip = passingValue.extend({ past: z.array(z.string()) })

/** Why repeated modules are no exit sites. */
export const skipInWords = (each: z.infer<typeof skip>): string =>
  `No exit can sit behind ${each.past.join(', ')}: ${passingInWords(each, 'there')}.`

/** What is said of an ONNX file before anything is planned. */
export const networkReport = z.object({
  title: z.string(),
  /** Of images height, width, channels; of texts tokens. */
  inputShape: z.array(z.int()),
  /** Of texts: token ids are below it; null: of images. */
  vocabulary: z.int().nullable(),
  classes: z.int(),
  parameters: z.int(),
  /** What heads read behind each block. */
  feature: z.enum(siteFeatures),
  /** Number of nodes by operator, the commonest first. */
  operators: z.record(z.string(), z.int()),
  /** Blocks: the module that each ends with, the shape behind it, multiply-adds up to there, and what it is made of. */
  sites: z.array(
    z.object({
      module: z.string(),
      shape: z.array(z.int()),
      macs: z.number(),
      parameters: z.int(),
      /** Its modules in the order they run: their operators, and the shape of what they give, samples aside. */
      parts: z.array(z.object({ module: z.string(), operators: z.array(z.string()), shape: z.array(z.int()) })),
    }),
  ),
  /** Values that lead past repeated modules, behind which no exits can sit therefore. */
  skips: z.array(skip),
  backboneMacs: z.number(),
  /** Share of the parameters that lie in arrays of which weight matching permutes units. */
  matchedShare: z.number(),
  /** Why gradient equilibrium cannot be used; null where it can. */
  noEquilibrium: z.string().nullable(),
  notes: z.array(z.string()),
})
export type NetworkReport = z.infer<typeof networkReport>

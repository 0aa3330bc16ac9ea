import { z } from 'zod'

/** A map with its channels first or last, or of tokens the first or the mean. */
export const siteFeatures = ['map', 'map-last', 'first token', 'mean token'] as const
export type SiteFeature = (typeof siteFeatures)[number]

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
  /** [height, width, channels] of the images that it takes. */
  inputShape: readonly [number, number, number]
  classes: number
  /** Arrays that have one value, and that value. */
  fresh: Record<string, number>
  /** Of pixels in [0, 1], by channel, where the file says it. */
  normalisation: { mean: number[]; std: number[] } | null
  /** What is to be known; sentences. */
  notes: string[]
}

/** What is said of an ONNX file before anything is planned. */
export const networkReport = z.object({
  title: z.string(),
  /** Height, width, channels. */
  inputShape: z.array(z.int()),
  classes: z.int(),
  parameters: z.int(),
  /** What heads read behind each block. */
  feature: z.enum(siteFeatures),
  /** Number of nodes by operator, the commonest first. */
  operators: z.record(z.string(), z.int()),
  /** Blocks: the module that each ends with, the shape behind it, and multiply-adds up to there. */
  sites: z.array(z.object({ module: z.string(), shape: z.array(z.int()), macs: z.number() })),
  backboneMacs: z.number(),
  /** Share of the parameters that lie in arrays of which weight matching permutes units. */
  matchedShare: z.number(),
  /** Why gradient equilibrium cannot be used; null where it can. */
  noEquilibrium: z.string().nullable(),
  notes: z.array(z.string()),
})
export type NetworkReport = z.infer<typeof networkReport>

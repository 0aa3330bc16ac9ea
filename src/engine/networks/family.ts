import type { z } from 'zod'
import type { Augmentation } from '../../shared/data/augmentations.ts'
import type { CountingRule } from '../../shared/evaluation/counting.ts'
import { settingRefused, type ExitlabError, type Problem } from '../../shared/basics/error.ts'
import type { NetworkChoice, NetworkSpec, SampleSpec, SampleSpecs } from '../../shared/network/network.ts'
import type { DrawnNode, NetworkDrawing } from '../../shared/network/network-drawing.ts'
import type { Backbone } from './network.ts'
import type { NetworkFile } from '../../shared/network/network-file.ts'
import type { WeightMap } from './weight-map.ts'

/**
 * A family of networks: everything that is said of it anywhere, but for its layers, which TensorFlow computes with and `load`
 * brings. Methods that take a specification are given one that the schema of the family has parsed.
 */
export interface Family<
  Spec extends NetworkSpec = NetworkSpec,
  Choice extends NetworkChoice = NetworkChoice,
  Takes extends SampleSpec['kind'] = SampleSpec['kind'],
> {
  info: { title: string; summary: string; paper: string }
  /** Schema of the `network` section of an experiment: an object with the literal `family`, and what editors offer (`snippets`). */
  choice: z.ZodType<Choice>
  /** Schema of a network with nothing left open. */
  spec: z.ZodType<Spec>
  /** Named sizes, by `variant`. */
  variants: Readonly<Record<string, Variant>>
  defaults: {
    /** method 5.2 */
    augmentation: Augmentation
    /** Largest norm of the gradients; null: they are not clipped (method 4.2). */
    clipNorm: number | null
    /** Also the nominal head of the bare backbone, which has none, so that its specification is the same for all exits and heads. */
    head: string
  }
  /** Feature of each block that exit heads and analyses read: `map` [height, width, channels] or `tokens` [tokens, dim]. */
  reads(spec: Spec): 'map' | 'tokens'
  /** Contradictions in a `network` section that its schema cannot find; values may have any type. */
  contradictions(choice: Readonly<Record<string, unknown>>): Problem[]
  /** Type of its samples; null: of the file that holds the network. */
  takes: Takes | null
  /**
   * Resolves the missing settings of a choice; `file`: the network that the file of a choice holds. Throws `invalid-experiment`, naming
   * the key, if it contradicts itself or the samples.
   */
  resolve(choice: Choice, samples: SampleSpecs[Takes], file?: NetworkFile): Spec
  /** Shape of one sample of each input; `most`: the largest value of whole numbers, which are not below 0. */
  inputs(spec: Spec): Record<string, { shape: readonly number[]; dtype: 'float32' | 'int32'; most?: number }>
  blockCount(spec: Spec): number
  /** Deepest block behind which an exit may sit. */
  lastSite(spec: Spec): number
  /** The specification without settings that act in training alone, such as dropout. */
  evaluated(spec: Spec): object
  draw(spec: Spec): NetworkPicture
  /** Whose names its arrays have, where they are not Exitlab's: `PyTorch`. */
  naming?: string
  /** Whose weights it can start from besides Exitlab's own: names of other programs (`weights.ts`). */
  weights?: readonly WeightMap<Spec>[]
  /** Notes for rebuilding the network in PyTorch; Markdown. */
  notes(spec: Spec): string
  /**
   * Layers for TensorFlow. `build` throws `invalid-experiment` where sizes do not fit together; `counting`: the rule of its operations,
   * for a family that was counted by another one.
   */
  load(): Promise<{ build(spec: Spec, counting?: CountingRule): Backbone }>
}

export interface Variant {
  /** Name in papers: `ResNet-34`. */
  title: string
}

/** Drawing of a network. */
export interface NetworkPicture extends Pick<NetworkDrawing, 'edges'> {
  /** `ResNet-34 · 3 + 4 + 6 + 3 basic blocks`, `ViT-T (CIFAR) · 7 blocks`. */
  title: string
  /** Of the samples that it takes; of images padding included: `32 × 32 × 1`. */
  input: string
  /** In the order they run. */
  nodes: PictureNode[]
}
type PictureNode = Omit<DrawnNode, 'exit' | 'macs' | 'fraction'>

/** Outputs of a classifier; of a regression, which has one, the value. */
export const outputsOf = (classes: number): string => (classes === 1 ? '1 value' : `${classes}-way`)

/** Nodes and edges of a backbone that is a chain; `details`: of each block. */
export function chain(stem: Pick<PictureNode, 'id' | 'label' | 'detail'>, details: readonly string[], classes: number) {
  const blocks = details.map((detail, block) => ({ id: `blocks.${block}`, block, label: `block ${block}`, detail }))
  const classifier = { id: 'classifier', block: null, label: 'classifier', detail: outputsOf(classes) }
  const nodes: PictureNode[] = [
    { kind: 'stem' as const, block: null, ...stem },
    ...blocks.map((each) => ({ kind: 'block' as const, ...each })),
    { kind: 'classifier' as const, ...classifier },
  ].map((node, column) => ({ ...node, column, row: 0 }))
  return { nodes, edges: nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]!.id, to: id })) }
}

/** For editors of experiment files and the form: the networks of a family, one with sizes of its own first. */
export function snippets(
  family: string,
  variants: Readonly<Record<string, Variant>>,
  custom?: { label: string; sizes: Readonly<Record<string, unknown>> },
) {
  const named = Object.entries(variants).map(([variant, { title }]) => ({ label: title, body: { family, variant } }))
  return {
    defaultSnippets: [...(custom ? [{ label: custom.label, body: { family, ...custom.sizes } }] : []), ...named],
  }
}

/** Title of the variant with these sizes, if there is one. */
export function variantTitle<Sizes extends object>(
  variants: Readonly<Record<string, Variant & { readonly [Size in keyof Sizes]: unknown }>>,
  sizes: Sizes,
): string | undefined {
  return Object.values(variants).find((variant) => hasSizes(variant, sizes))?.title
}

/** Whether a variant or network has these sizes. */
export function hasSizes(network: object, sizes: object): boolean {
  return Object.entries(sizes).every(([key, size]) => String(Reflect.get(network, key)) === String(size))
}

/** Beyond these nothing is planned in reasonable time, let alone trained. */
const mostBlocks = 1000
const widest = 8192

/** Problem of too many blocks, at the key that sets them. */
export function tooDeep(key: string, blocks: unknown): Problem[] {
  if (typeof blocks !== 'number' || blocks <= mostBlocks) return []
  return [{ path: [key], message: `expected at most ${mostBlocks} blocks in all; got ${blocks}` }]
}

/** Problem of a block that is too wide, at the setting that sets it. */
export function tooWide(path: Problem['path'], width: unknown): Problem[] {
  if (typeof width !== 'number' || width <= widest) return []
  return [{ path, message: `expected widths of at most ${widest} channels; got ${width}` }]
}

/** A refusal of a key of the `network` section. */
export function refusal(key: string, message: string): ExitlabError {
  return settingRefused(['network', key], message)
}

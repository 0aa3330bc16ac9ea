import type { Features, FeatureSpec, ForwardContext, Layer, ParameterSpec } from '../layers/layer.ts'
import type { Tensor } from '../tf.ts'

/**
 * A kind of exit head as the registry has it. What it reads is declared here; which heads run for an exit, what a loss trains and
 * what an exit costs follow from it.
 */
export interface HeadEntry {
  reads: {
    /** The feature of its block; `any`: it takes either. */
    feature: 'map' | 'tokens' | 'any'
    /** `first`: of tokens it reads the first one alone, perhaps the only one that is computed. Default: it reads them all. */
    tokens?: 'first'
    /** Whether it reads the states of all earlier heads, as they are in this pass; no gradient goes back to them. */
    states?: boolean
  }
  /** Its layers for someone who builds it in PyTorch, after “The heads are NAME: ”; Markdown. */
  notes: string
  /**
   * Name of the heads whose predictions it combines. These are trained first, by any regime, as if the network had them alone; the
   * groups that it has beyond theirs are trained in a phase of their own.
   */
  ensembleOf?: string
  /** The weighting of losses that belongs to it where it comes from; default: uniform. */
  weighting?: string
  /** Sizes that only networks with this head have, as keys of the network's own (all are whole numbers above 0). */
  sizes?: Readonly<Record<string, { defaultValue: number; meaning: string }>>
  load(): Promise<Head>
}

/** Position of a head. */
export interface HeadOptions {
  /** The feature that it reads. */
  input: FeatureSpec
  /** Shape of that feature. */
  feature: 'map' | 'tokens'
  classes: number
  /** From 0 in depth order. */
  exit: number
  /** Of the network, the final classifier included. */
  exitCount: number
  /** Shapes of the states of earlier heads, in depth order; empty if it reads none. */
  states: readonly FeatureSpec[]
  /** Of its entry. */
  sizes: Readonly<Record<string, number>>
}

/** A kind of exit head. */
export interface Head {
  info: { title: string; summary: string; paper: string }
  /** A head whose parameters are named `<name>.…`. */
  create(name: string, options: HeadOptions): ExitHead
  /** A loss [batch] that heads have besides that of their logits, of all heads that run, in depth order; null where there is none among these. */
  ownLoss?(heads: readonly RunHead[]): Tensor | null
}

/** A head of a network. */
export interface ExitHead extends Pick<Layer, 'parameters' | 'operations'> {
  /** Parameters outside of its own group, which heads may share; each head lists those that its logits are computed from. */
  shared?: readonly ParameterSpec[]
  /** Output for later heads. */
  state?: FeatureSpec
  /** input: the feature [batch, …]; states: of the earlier heads; features: all of its block, such as the `mask` of a text. */
  apply(context: ForwardContext, input: Tensor, states: readonly Tensor[], features: Features): HeadOutput
}

interface HeadOutput {
  /** [batch, classes] */
  logits: Tensor
  /** [batch, …shape of the state] */
  state?: Tensor
  /** The states of all later heads as this one expects them, in depth order; each as a state. */
  imitated?: readonly Tensor[]
}

/** A head that has run. */
export interface RunHead extends HeadOutput {
  /** As a constant. */
  state?: Tensor
  /** Whether its logits are wanted; else it runs for the sake of later heads. */
  isWanted: boolean
}

/** A layer as a head that has no state. */
export function layerHead(layer: Layer): ExitHead {
  const { parameters, operations } = layer
  return { parameters, operations, apply: (context, input) => ({ logits: layer.apply(context, input) }) }
}

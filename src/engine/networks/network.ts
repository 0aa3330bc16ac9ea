import type { NetworkSpec } from '../../shared/network/network.ts'
import type { Operation } from '../layers/operations.ts'
import type { Block, Features, FeatureSpec, ForwardContext, ParameterSpec } from '../layers/layer.ts'
import type { Tensor } from '../tf.ts'

/** A network without exits: each stage takes the features of the one before, the stem the network's inputs. */
export interface Backbone {
  stem: Block
  blocks: readonly Block[]
  /** Gives `logits` [classes]. Its parameters are in the group `classifier`, except those that count as backbone. */
  classifier: Block
  /** `first`: of tokens the classifier reads the first one alone, perhaps the only one that is computed. Default: it reads them all. */
  classifierReads?: 'first'
  /** Why the gradients that blocks receive cannot be balanced (gradient equilibrium); absent: they can. */
  noEquilibrium?: string
}

/** Parameters that are trained and frozen together. */
export interface ParameterGroup {
  /** `stem`, `blocks.0`, …, `heads.0`, …, `classifier`; a transformer's last normalisation, `norm`, belongs to the backbone. */
  name: string
  kind: 'backbone' | 'head' | 'classifier'
}

/** Names of the groups of one kind, in their order. */
export function groupNames(groups: readonly ParameterGroup[], wanted: ParameterGroup['kind']): string[] {
  return groups.flatMap(({ name, kind }) => (kind === wanted ? name : []))
}

/** An exit: behind a block with a head of its own, or the final classifier (block null). */
export interface Exit {
  /** From 0 in depth order. */
  exit: number
  block: number | null
  /** Exits whose heads run for this one, including itself. */
  runs: readonly number[]
  /** Names of the groups that a loss of this exit has gradients for, in the network's order. */
  reaches: readonly string[]
  /** Names of their arrays that its logits are computed from: of a group that it reaches, some may serve deeper exits alone. */
  parameters: ReadonlySet<string>
}

/** A position in the backbone where a head can be attached. */
export interface ExitSite {
  /** The group of the block that it is behind: `blocks.3`. */
  id: string
  /** Index of that block. */
  after: number
  features: Readonly<Record<string, FeatureSpec>>
  /** Number of operations of the bare backbone that have run by then. */
  operations: number
  /** Operations of the heads up to and including one there, of the network's kind; null where it cannot sit. */
  heads(): readonly Operation[] | null
}

export interface ForwardOptions {
  /** Exits whose logits are needed; blocks after the deepest of them, and heads that none of them needs, are not run. Default: all. */
  exits?: readonly number[]
  /** Whether at each exit the backbone receives the mean of the gradients of this and all deeper wanted exits, not their sum (method 4.1). */
  equilibrium?: boolean
  /** Called with the loss [batch] that the heads of the wanted exits have besides that of their logits, where they have one. */
  onHeadLoss?: (losses: Tensor) => void
  /** Called with the features behind each block that runs. */
  onBlock?: (block: number, features: Features) => void
  /** Called with the state of each head that runs, where heads have one. */
  onState?: (exit: number, state: Tensor) => void
  /** Runs only what follows a block: `inputs` are its features, `states` those of the heads up to it. */
  from?: { block: number; states: readonly Tensor[] }
}

/** A multi-exit network: blocks in depth order, heads behind some of them, the final classifier last. */
export interface Network {
  spec: NetworkSpec
  /** All arrays in depth order; each head's right behind its block. */
  parameters: readonly ParameterSpec[]
  /** In the order they run. */
  groups: readonly ParameterGroup[]
  exits: readonly Exit[]
  /** One for each block. */
  sites: readonly ExitSite[]
  /** The feature of each site that heads and analyses read. */
  reads: 'map' | 'tokens'
  /** As its backbone has it. */
  noEquilibrium?: string | undefined
  /** Whether its heads have a loss besides that of their logits. */
  hasHeadLoss: boolean
  /** inputs: as the family names them, each [batch, …]. Returns logits [batch, classes] per exit; null where not wanted. */
  forward(context: ForwardContext, inputs: Features, options?: ForwardOptions): (Tensor | null)[]
  /**
   * Operations of one sample on the way to each exit, heads before it included; of the bare backbone with its classifier; and of each
   * stage in the order they run.
   */
  operations: {
    exits: readonly (readonly Operation[])[]
    backbone: readonly Operation[]
    stages: readonly StageOperations[]
  }
}

/** A part of the backbone, or its classifier (`head` null), or the head of an exit. */
interface StageOperations {
  head: number | null
  operations: readonly Operation[]
}

/**
 * What an extension imports, and the only module of Exitlab that it imports: `exitlab/extension`. An extension is one module of
 * TypeScript or JavaScript that adds methods of its own, named by an experiment (`extensions: [methods.ts]`) or by `--extension`:
 *
 * ```ts
 * import { defineExtension, z } from 'exitlab/extension'
 *
 * export default defineExtension({
 *   name: 'my-methods',
 *   weightings: { … },
 * })
 * ```
 *
 * docs/extensions.md has a worked example of each kind.
 */
import type { Analysis } from '../../readings/analyses/analysis.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { ExitRule } from '../../engine/exits/exit-rule.ts'
import type { HeadEntry } from '../../engine/heads/head.ts'
import type { ExitLossEntry } from '../../engine/losses/exit-loss.ts'
import type { Family } from '../../engine/networks/family.ts'
import type { Weighting } from '../../engine/objectives/weighting.ts'
import type { OptimiserEntry } from '../../engine/optimisers/optimiser.ts'
import type { Regime } from '../../engine/regimes/regime.ts'
import type { Reading } from '../../readings/reading.ts'

/** Methods of one file, each kind by the names that experiments and commands use. */
export interface Extension {
  /** Name of the extension, in lists and messages. */
  name: string
  /** Network families: `network.family`. */
  families?: Readonly<Record<string, Family>>
  /** Exit heads: `network.head`. */
  heads?: Readonly<Record<string, HeadEntry>>
  /** Weightings of the exits' losses: `objective.weighting`. */
  weightings?: Readonly<Record<string, Weighting>>
  /** Losses between exits: a key of `objective` with its parameters. */
  losses?: Readonly<Record<string, ExitLossEntry>>
  /** Optimisers: `training.optimiser`. */
  optimisers?: Readonly<Record<string, OptimiserEntry>>
  /** Exit rules: `--rule`. */
  exitRules?: Readonly<Record<string, ExitRule>>
  /** Training regimes: an item of `regimes`. */
  regimes?: Readonly<Record<string, Regime>>
  /** Data sets: `data.source`. */
  datasets?: Readonly<Record<string, Dataset>>
  /** Readings of stored evaluations: `exitlab compare --table`. */
  readings?: Readonly<Record<string, Reading>>
  /** Analyses of trained networks: `exitlab analyse`. */
  analyses?: Readonly<Record<string, Analysis>>
}

/** Says that a module is an extension; for the types. */
export const defineExtension = (extension: Extension): Extension => extension

/**
 * TensorFlow and the layers, heads and initialisers that Exitlab's own networks are made of. To be called where tensors are computed
 * (in `load` of families, heads, losses and optimisers): descriptions of methods are read by processes without TensorFlow.
 */
export const engine = () => import('../../engine/extension-engine.ts')
export type Engine = Awaited<ReturnType<typeof engine>>

/** As `engine`, with TensorFlow open in this process: for the tests of an extension. Exitlab's own processes open it themselves. */
export async function openEngine(): Promise<Engine> {
  const [{ openTensorFlow }, { trainerEnvironment }, { tensorflowFolder }] = await Promise.all([
    import('../../engine/tf.ts'),
    import('../../engine/pure.ts'),
    import('../../files/user-folders.ts'),
  ])
  Object.assign(process.env, trainerEnvironment({ threads: 1, card: null }, process.env))
  openTensorFlow({ libraryFolder: tensorflowFolder() })
  return engine()
}

/** Schemas of parameters, settings and results (Zod). */
export { z } from 'zod'

// Errors that a user can do something about; settingRefused names the setting.
export { ExitlabError, settingRefused } from '../../shared/basics/error.ts'
export type { Problem } from '../../shared/basics/error.ts'

// Families, heads and what they are built of. TensorFlow is in engine().
export type { Family, NetworkPicture, Variant } from '../../engine/networks/family.ts'
export { chain, hasSizes, outputsOf, refusal, snippets, tooDeep, tooWide } from '../../engine/networks/family.ts'
export { placeExits, upTo } from '../../engine/networks/exit-placement.ts'
export type { Backbone } from '../../engine/networks/network.ts'
export type { ExitHead, Head, HeadEntry, HeadOptions } from '../../engine/heads/head.ts'
export { headsFor } from '../../engine/heads/index.ts'
export type {
  AxisUnits,
  Block,
  FeatureSpec,
  ForwardContext,
  Layer,
  ParameterSpec,
  Units,
} from '../../engine/layers/layer.ts'
export type { StateScope, Tensor, TensorRecord } from '../../engine/tf.ts'
export { exitPlacement, imageKeys, networkKeys } from '../../shared/network/network.ts'
export type { ImageSpec, NetworkChoice, NetworkSpec, TextSpec } from '../../shared/network/network.ts'

// Objectives, optimisers, regimes.
export type { Weighting } from '../../engine/objectives/weighting.ts'
export type { ExitLoss, ExitLossEntry, ExitOutputs } from '../../engine/losses/exit-loss.ts'
export type { Optimiser, OptimiserEntry, SteppedParameter } from '../../engine/optimisers/optimiser.ts'
export type { Regime } from '../../engine/regimes/regime.ts'
export type { WrittenPhase } from '../../shared/phases/written-phase.ts'

// Exit rules.
export { unitThresholds } from '../../engine/exits/exit-rule.ts'
export type { ClassRule, ExitRule } from '../../engine/exits/exit-rule.ts'

// Data sets.
export { openedInMemory } from '../../datasets/formats/in-memory.ts'
export type { Dataset, ImageDataset, TextDataset } from '../../datasets/dataset.ts'

// What readings are computed from.
export type { AskedOutputs, AskedRuns, ReadingSources } from '../../readings/sources.ts'
export type {
  ComparedSummary,
  EvaluationSummary,
  RunIdentity,
  SplitSummary,
} from '../../engine/evaluation/evaluation-summary.ts'
export type { ClassifiedRun, ScoredRun } from '../../engine/evaluation/scored-run.ts'
export type { ScoredExits } from '../../engine/evaluation/scored-exits.ts'
export type { ValueOutputs } from '../../engine/evaluation/predicted-values.ts'
export type {
  Curve,
  ExitOutputs as SplitOutputs,
  ExitPredictions,
  FittedNumbers,
} from '../../shared/evaluation/evaluation.ts'
export type { OutputsSource } from '../../shared/evaluation/outputs-source.ts'

// Readings and analyses, with tables and figures of them.
export { groupRuns } from '../../engine/evaluation/groups.ts'
export { comparisonQuestion } from '../../readings/question.ts'
export { defineReading } from '../../readings/reading.ts'
export { defineAnalysis } from '../../readings/analyses/analysis.ts'
export type { Analysis } from '../../readings/analyses/analysis.ts'
export type { Reading } from '../../readings/reading.ts'
export { mean } from '../../shared/statistics/statistics.ts'
export { numberCell } from '../../shared/tables/table.ts'
export type { Table } from '../../shared/tables/table.ts'
export { baseOption } from '../../figures/base-option.ts'
export { heatMapOption } from '../../figures/heat-map.ts'
export type { Figure } from '../../figures/figure.ts'

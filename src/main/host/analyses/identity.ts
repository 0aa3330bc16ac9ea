import { analyses } from '../../../readings/analyses/index.ts'
import { hash } from 'node:crypto'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { DataSpec } from '../../../shared/data/data.ts'
import { hashesOf } from '../../../contract/experiment/identity.ts'
import { leaveOutBaselines } from '../../../shared/experiment/baselines.ts'
import type { JsonObject } from '../../../shared/basics/json.ts'
import type { TrainedPhase } from './trained-phase.ts'

/** Inputs that determine an analysis. */
export interface AnalysisContent {
  kind: string
  /** Resolved. */
  parameters: Record<string, unknown>
  /** The last phases of its runs, in their order. */
  phases: readonly TrainedPhase[]
}

/**
 * Id of an analysis: the SHA-256 of everything that can change its result. An analysis of weights alone does not depend on runs,
 * experiments and phases, so equal requests about equal weights share a result.
 */
export function analysisId({ kind, parameters, phases }: AnalysisContent): string {
  const { info } = analyses.get(kind)
  const origin = analyses.origin(kind)
  const content = {
    kind,
    version: info.version,
    parameters: leaveOutBaselines(parameters as JsonObject, info.baselines),
    models: phases.map(({ checkpoint, definition }) => ({
      checkpoint: checkpoint.sha256,
      network: definition.network,
    })),
    images: phases.map(({ definition: { data, dataset } }) => ({ ...imagesOf(data), dataset })),
    // Its batches are those of the phase's training, in the order drawn from the phase's id.
    ...(origin && { extension: origin.sha256 }),
    ...(phases.some(({ definition }) => definition.methods) && {
      methods: phases.map(({ definition }) => hashesOf(definition.methods)),
    }),
    ...(info.trainingBatches ? { training: phases.map(({ id, epochs }) => ({ phase: id, epochs })) } : {}),
  }
  return hash('sha256', canonicalJson(content))
}

/** Settings that determine the images of a data set and their splits, without augmentation. */
export function imagesOf({ augmentation: _, mixing: __, ...images }: DataSpec): object {
  return images
}

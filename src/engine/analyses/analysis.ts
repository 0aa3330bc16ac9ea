import type { EvaluationBatches, TrainingBatches } from '../training/batch.ts'
import type { TorchArray } from '../training/phase-state.ts'
import type { Network } from '../networks/network.ts'
import type { PhaseSpec } from '../../shared/phases/phase.ts'

/** A trained run as input of an analysis: its final weights in PyTorch's layout. */
export interface AnalysedModel {
  network: Network
  weights: Record<string, TorchArray>
  /** The phase that they come from. */
  phase: PhaseSpec
  /** Epochs of that phase. */
  epochs: number
}

/** The images of the runs' data set. */
export interface AnalysedImages {
  /** `count` images of a split, drawn without replacement by the seed, without augmentation, in a fixed order; all images if there are fewer. */
  some(split: 'train' | 'test', options: { count: number; seed: number }): EvaluationBatches
  /** The batches that the last phase of a run trained on, with their augmentation and mixing. */
  training: TrainingBatches
}

export interface AnalysisRequest<Parameters, Result> {
  parameters: Parameters
  /** As many as the kind has runs, all of one architecture. */
  models: readonly AnalysedModel[]
  images: AnalysedImages
  /** Says how many parts there will be, before the first; and again where it turns out that fewer are needed. */
  plan(partCount: number): void
  /**
   * The values of one part of the work: computed and kept, or as they were kept when the analysis was interrupted. What is computed
   * must follow from the request and from values of earlier parts alone, so that an interrupted analysis ends bit-identical. Ends
   * the analysis by an `AnalysisPaused` where it is to pause.
   */
  part(key: string, compute: () => Promise<ArrayLike<number>>): Promise<Float64Array>
  /** Offers a preview of the partial result; the caller decides how often it is used. */
  preview(result: () => Result): void
}

/** Thrown by `part` when the analysis is to pause; it is resumed later. */
export class AnalysisPaused extends Error {
  override readonly name = 'AnalysisPaused'
}

/** Computes an analysis: part by part, so that it can be interrupted. */
export type Compute<Parameters, Result> = (request: AnalysisRequest<Parameters, Result>) => Promise<Result>

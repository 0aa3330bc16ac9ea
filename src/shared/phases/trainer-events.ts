import type { DatasetDescription } from '../data/data.ts'
import type { Failure } from '../basics/error.ts'
import type { BatchLatency } from '../evaluation/latency.ts'
import type { TrainingEvent } from './phase-events.ts'
import type { SplitMetrics } from '../runs/runs.ts'
import type { CheckpointRef } from './checkpoint-ref.ts'
import type { WeightsDescription } from '../network/weights.ts'

/** An ONNX file of a network. */
export interface WrittenModel {
  file: string
  /** Exits whose logits it gives, as `logits.0`. */
  exits: number[]
  inputs: ModelPort[]
  outputs: ModelPort[]
}

/** An input or output of a model; a size of null is the number of samples. */
interface ModelPort {
  name: string
  type: string
  shape: readonly (number | null)[]
}

/** A sample of a data set, to be shown to people: an image drawn, or texts. */
export interface DrawnSample {
  sample: number
  /** Position in the data set's own training or test samples. */
  index: number
  label: number
  /** What is to be predicted of a text, where it is a number. */
  value?: number
  mixedWith: { label: number; share: number } | null
  png?: Uint8Array<ArrayBuffer>
  /** The beginnings of its texts. */
  texts?: { first: string; second: string | null }
}

/** What a trainer sends to the host. */
export type TrainerEvent =
  | TrainingEvent
  /** Sent after the file and its manifest are on disk. `improved`: an exit reached a new best score at this epoch. */
  | {
      type: 'checkpoint'
      file: string
      epoch: number
      step: number
      reason: 'epoch' | 'time' | 'pause'
      improved: boolean
    }
  | {
      type: 'trained'
      checkpoint: CheckpointRef
      epochs: number
      ended: 'early-stopping' | 'epoch-cap'
      keptEpoch: number
    }
  | { type: 'paused' }
  | { type: 'evaluated'; file: string; sha256: string; metrics: SplitMetrics }
  | { type: 'described'; dataset: DatasetDescription }
  | { type: 'weights-described'; weights: WeightsDescription }
  | { type: 'pictured'; samples: DrawnSample[] }
  | { type: 'inputs-written' }
  | { type: 'segments-written'; models: WrittenModel[] }
  | { type: 'latency-measured'; machine: string; batches: BatchLatency[] }
  /** Parts of an analysis that are kept, once how many there will be is known and after each of them. */
  | { type: 'analysing'; done: number; total: number }
  /** Preview of an analysis, at most a few times a second. It fits the analysis's schema, with fewer points. */
  | { type: 'preview'; result: unknown }
  /** `file`: result.json, written durably. `parts` that it took; null where it was found there, left by a version that did not note them. */
  | { type: 'analysed'; file: string; sha256: string; parts: number | null }
  /** `extrapolated`: from smaller batches, or from phases that were timed to those that were not. */
  | { type: 'calibrated'; secondsPerStep: number[]; secondsToStart: number[]; extrapolated: boolean }
  | { type: 'pong'; id: number }
  | ({ type: 'failed' } & Failure)

export type TrainerEventOf<Type extends TrainerEvent['type']> = Extract<TrainerEvent, { type: Type }>

import type { DeviceReport } from './device.ts'
import type { EpochDominance } from '../analyses/gradient-dominance/schema.ts'
import type { DataSpec, DatasetDescription, ImageSplit } from './data.ts'
import type { ErrorCode } from './error.ts'
import type { ExperimentFile } from './experiment.ts'
import type { BatchLatency } from './latency.ts'
import type { MetricValues } from './metric.ts'
import type { NetworkSpec } from './network.ts'
import type { PhaseDefinition, PhaseSpec } from './phase.ts'
import type { SplitMetrics } from './runs.ts'
import type { TrainingSpec } from './training.ts'
import type { WeightsDescription } from './weights.ts'

/** A checkpoint on disk: `<file>` (safetensors) with `<file>.manifest.json` beside it, which holds the SHA-256. */
export interface CheckpointRef {
  /** Absolute path. */
  file: string
  sha256: string
}

/** The best checkpoint of a phase. */
export interface WeightsRef extends CheckpointRef {
  /** The phase that they must be of. */
  phaseId: string
}

/** Location of a data set's files on this machine; it does not affect what is trained. */
export interface DataLocation {
  /** Folder or file, absolute. */
  dataPath: string
  /** Of texts: the tokenizer.json of their model, and the folder that keeps the tokens that it made of texts. */
  tokenizer?: { file: string; cache: string } | undefined
}

/** Train one phase. */
export interface TrainJob extends PhaseDefinition, DataLocation {
  kind: 'train'
  phaseId: string
  /** The weights of `initial`, where it is a phase. */
  parent: WeightsRef | null
  /** Folder of the phase's checkpoints; training resumes from the last valid one, or ends at once if the phase is done. */
  checkpointFolder: string
  /** A checkpoint is written at least this often, and at every epoch's end. */
  checkpointSeconds: number
  /** Batches of an epoch at which gradient dominance is measured. It changes nothing of the training. */
  dominanceBatches: ExperimentFile['probes']['gradientDominance']
}

/** Run every exit over the validation and the test images and write the logits (evaluation.safetensors). */
export interface EvaluateJob extends DataLocation {
  kind: 'evaluate'
  network: NetworkSpec
  data: DataSpec
  dataset: string
  checkpoint: WeightsRef
  outputFile: string
}

/** Time a few steps of each given phase on made-up images, to estimate how long an experiment takes. */
export interface CalibrateJob {
  kind: 'calibrate'
  phases: { network: NetworkSpec; phase: PhaseSpec }[]
  training: TrainingSpec
  /** For all of them, about; the first is timed in any case. */
  seconds: number
}

/** Look at a data set: its samples are read as far as their number, labels and fingerprint ask for it, and none is kept. */
export interface DescribeJob extends DataLocation {
  kind: 'describe'
  data: DataSpec
}

/** Look at a file of weights, which is read whole. */
export interface DescribeWeightsJob {
  kind: 'describe-weights'
  /** Absolute path. */
  file: string
}

/** Show samples of a split: texts, or images as PNG, as they are or augmented and mixed as in training. */
export interface PictureJob extends DataLocation {
  kind: 'picture'
  data: DataSpec
  /** Fingerprint that the data set was found to have; a trainer that has opened that one does not open it again. */
  dataset: string
  split: ImageSplit
  /** Positions in the split. */
  samples: number[]
  augmented: boolean
}

/** Write the test texts as the network reads them (inputs.safetensors of an exported run). */
export interface InputsJob extends DataLocation {
  kind: 'inputs'
  data: DataSpec
  dataset: string
  outputFile: string
}

/** Write a trained network as ONNX models, one for each segment and one with all exits. */
export interface SegmentsJob {
  kind: 'segments'
  network: NetworkSpec
  checkpoint: WeightsRef
  /** In which the files are written; it exists. */
  folder: string
}

/** Time a trained network on made-up samples. */
export interface LatencyJob {
  kind: 'latency'
  network: NetworkSpec
  checkpoint: WeightsRef
  batchSizes: number[]
}

/** An ONNX file of a network. */
export interface WrittenModel {
  file: string
  /** Exits whose logits it gives, as `logits.0`. */
  exits: number[]
  inputs: ModelPort[]
  outputs: ModelPort[]
}

/** An input or output of a model; a size of null is the number of samples. */
export interface ModelPort {
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

/** A trained run as input of an analysis: its last phase and the best checkpoint of that. */
export interface AnalysedModelSource {
  checkpoint: CheckpointRef
  network: NetworkSpec
  phase: PhaseSpec
  training: TrainingSpec
  seed: number
  phaseId: string
  /** Epochs that the phase was trained. */
  epochs: number
}

/** Analyse trained runs. Finished parts are stored in `folder`, from which the analysis resumes. */
export interface AnalyseJob extends DataLocation {
  kind: 'analyse'
  analysis: string
  /** Resolved; they fit the analysis's schema. */
  parameters: Record<string, unknown>
  runs: AnalysedModelSource[]
  data: DataSpec
  dataset: string
  /** Holds the kept parts (parts.jsonl) and, in the end, the result (result.json). */
  folder: string
}

export type TrainerJob =
  | TrainJob
  | EvaluateJob
  | CalibrateJob
  | DescribeJob
  | DescribeWeightsJob
  | PictureJob
  | InputsJob
  | SegmentsJob
  | LatencyJob
  | AnalyseJob

export type TrainerCommand =
  | { type: 'job'; job: TrainerJob }
  /** Write a checkpoint at the next step boundary and end the job. */
  | { type: 'pause' }
  /** The metrics of the latest epoch are on disk. */
  | { type: 'recorded' }
  | { type: 'ping'; id: number }
  | { type: 'exit' }

/** Metrics of one exit on one split after one epoch, by name. */
export interface ExitMetric {
  exit: number
  split: 'train' | 'validation'
  values: MetricValues
}

/** Names of the arrays of a phase's initial weights: taken from another phase, initialised, and unused. */
export interface PhaseStart {
  taken: string[]
  fresh: string[]
  leftOver: string[]
}

export type TrainerEvent =
  /** TensorFlow is open; before the first job that needs it. */
  | { type: 'ready'; device: DeviceReport }
  | {
      type: 'started'
      parameterCount: number
      batchesPerEpoch: number
      epoch: number
      step: number
      threads: number
      /** Null if the phase starts from fresh weights, or resumes from its own checkpoint. */
      start: PhaseStart | null
    }
  | {
      type: 'progress'
      epoch: number
      batch: number
      batchesPerEpoch: number
      imagesPerEpoch: number
      imagesPerSecond: number
      losses: number[]
      residentBytes: number
    }
  | {
      type: 'epoch'
      epoch: number
      metrics: ExitMetric[]
      learningRate: number
      imagesPerSecond: number
      seconds: number
      /** Most that the process has held in its life, earlier phases included: not of this epoch alone. */
      peakMemoryBytes: number
      improved: boolean
      epochsWithoutImprovement: number
      /** null if the phase is not measured (fewer than two exits, a frozen backbone, or not requested). */
      dominance: EpochDominance | null
    }
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
  | { type: 'log'; level: 'info' | 'warning'; message: string }
  | { type: 'pong'; id: number }
  | { type: 'failed'; code: ErrorCode; message: string }

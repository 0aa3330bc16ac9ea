import type { CheckpointRef, WeightsRef } from '../../shared/phases/checkpoint-ref.ts'
import type { DataSpec, ImageSplit } from '../../shared/data/data.ts'
import type { DominanceBatches } from '../../shared/evaluation/dominance.ts'
import type { NetworkSpec } from '../../shared/network/network.ts'
import type { PhaseSpec } from '../../shared/phases/phase.ts'
import type { PhaseDefinition } from './phase-definition.ts'
import type { TrainingSpec } from '../../shared/experiment/training.ts'

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
  dominanceBatches: DominanceBatches
}

/** Run every exit over the validation and the test samples and write the logits (evaluation.safetensors). */
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

/** What the host sends to a trainer. */
export type TrainerCommand =
  | { type: 'job'; job: TrainerJob }
  /** Write a checkpoint at the next step boundary and end the job. */
  | { type: 'pause' }
  /** The metrics of the latest epoch are on disk. */
  | { type: 'recorded' }
  | { type: 'ping'; id: number }
  | { type: 'exit' }

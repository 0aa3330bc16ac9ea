import { z } from 'zod'
import { emptyClasses } from '../evaluation/empty-classes.ts'
import { errorCodes } from '../basics/error.ts'
import { exitId } from '../evaluation/exit-id.ts'
import type { Objective } from '../methods/objective.ts'
import { otherTask } from '../methods/task.ts'

export const runStatuses = ['queued', 'running', 'paused', 'stopped', 'done', 'failed'] as const
export type RunStatus = (typeof runStatuses)[number]

export const phaseStatuses = ['queued', 'running', 'done', 'failed'] as const
export type PhaseStatus = (typeof phaseStatuses)[number]

/** Milliseconds since 1970. */
const time = z.int()

/** A phase as one link of a run's chain. */
const runPhase = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(phaseStatuses),
  /** Epochs completed so far. */
  epochs: z.int(),
  /** Most epochs that it is trained for. */
  maxEpochs: z.int(),
  /** Whether another run has the same phase, so that it is trained once for both. */
  shared: z.boolean(),
  /** The run for which it is being trained, possibly another one; null while it is not being trained. */
  trainedFor: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type RunPhase = z.infer<typeof runPhase>

/** The task's metrics by name, each with a value for each exit, the final classifier last. */
const exitMetrics = z.record(z.string(), z.array(z.number().nullable()))
export type ExitMetrics = z.infer<typeof exitMetrics>
export const splitMetrics = z.object({
  validation: exitMetrics,
  test: exitMetrics,
  /** Of a classification; absent where every split has samples of every class, and where an earlier version evaluated. */
  emptyClasses: emptyClasses.optional(),
})
export type SplitMetrics = z.infer<typeof splitMetrics>

/** The primary metric of the run's task at each exit, the final classifier last. */
export const exitScores = z.object({ validation: z.array(z.number()), test: z.array(z.number()) })
/** Where runs are listed, the test values of a sweep are null until they are opened: whoever ranks settings by them chooses on the test set. */
const listedScores = exitScores.extend({ test: z.array(z.number()).nullable() })
type ListedScores = z.infer<typeof listedScores>
/** What is said of a run that is done: its test values, or those on validation samples as long as these are closed. */
export const openScores = ({ validation, test }: ListedScores) =>
  test === null ? ({ split: 'validation', values: validation } as const) : ({ split: 'test', values: test } as const)

/** A run as lists show it; `exitlab list --json` prints an array of them. */
export const runSummary = z.object({
  id: z.string(),
  /** Readable and stable: experiment, regime and seed. */
  name: z.string(),
  experiment: z.string(),
  experimentId: z.string(),
  regime: z.string(),
  /** Name of its series: the regime, and the settings that its experiment sweeps. */
  series: z.string(),
  /** The settings that its experiment sweeps, by their paths. */
  settings: z.record(z.string(), z.json()),
  seed: z.int(),
  status: z.enum(runStatuses),
  /** Whether it was paused with everything else, to be resumed with it. */
  pausedWithAll: z.boolean(),
  phases: z.array(runPhase),
  /** Runs are trained in ascending order of this number. */
  position: z.number(),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
  /** Type of that error; null if unknown. */
  errorCode: z.enum(errorCodes).nullable(),
  tags: z.array(z.string()),
  note: z.string(),
  /** Deleted runs can be restored until they are purged. */
  deleted: z.boolean(),
  task: otherTask,
  /** Known once the run is done. */
  scores: listedScores.nullable(),
  /** Classes of which a split that it was trained or evaluated on has no sample; absent where there are none, and as long as it is not done. */
  emptyClasses: emptyClasses.optional(),
  /** The last epoch that its latest phase with epochs completed; null before the first. */
  latest: z
    .object({
      /** Counted over all phases of the run. */
      epoch: z.int(),
      /** The task's primary metric on validation samples at each exit that the phase evaluates, in depth order. */
      exits: z.array(z.object({ exit: exitId, value: z.number() })),
      imagesPerSecond: z.number(),
    })
    .nullable(),
})
export type RunSummary = z.infer<typeof runSummary>

/** Cost of each exit, all heads before it included; the final classifier last, its block null. */
const exitCost = z.object({
  exit: z.int(),
  block: z.int().nullable(),
  /** Multiply-adds of one sample. */
  macs: z.number(),
  /** Of the backbone's cost. */
  fraction: z.number(),
})

export const costs = z.object({ backboneMacs: z.number(), exits: z.array(exitCost) })
export type Costs = z.infer<typeof costs>

export const phaseDetail = runPhase.extend({
  /** Runs that have this phase. */
  runs: z.array(z.string()),
  parent: z.string().nullable(),
  trains: z.array(z.string()),
  /** Exits in its loss, in depth order. */
  exits: z.array(exitId),
  /** Absent for the mean of the losses. */
  objective: z.custom<Objective>().optional(),
  /** Settings that are not those of its experiment, by path; absent where none is. */
  settings: z.record(z.string(), z.json()).optional(),
  ended: z.enum(['early-stopping', 'epoch-cap']).nullable(),
  /** Epoch of the best checkpoint. */
  keptEpoch: z.int().nullable(),
  /** Wall time of its epochs. */
  seconds: z.number(),
  /** Threads that it is trained with; null before its first checkpoint. */
  threads: z.int().nullable(),
  checkpoint: z.object({ file: z.string(), sha256: z.string() }).nullable(),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  error: z.string().nullable(),
})
export type PhaseDetail = z.infer<typeof phaseDetail>

export const experimentSummary = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: time,
  regimes: z.array(z.string()),
  seeds: z.array(z.int()),
  runs: z.int(),
  done: z.int(),
})
export type ExperimentSummary = z.infer<typeof experimentSummary>

/** Metrics of one exit on one split after one epoch, by name. */
export const epochMetric = z.object({
  epoch: z.int(),
  exit: exitId,
  split: z.enum(['train', 'validation']),
  values: z.record(z.string(), z.number().nullable()),
})
export type EpochMetric = z.infer<typeof epochMetric>

/** Record of one epoch without its metrics. */
export const epochRecord = z.object({
  epoch: z.int(),
  learningRate: z.number(),
  imagesPerSecond: z.number(),
  seconds: z.number(),
  peakMemoryBytes: z.number(),
  improved: z.boolean(),
  epochsWithoutImprovement: z.int(),
})
export type EpochRecord = z.infer<typeof epochRecord>

/** Throughput and memory of a phase at one time of its training. */
export const stepSample = z.object({
  at: time,
  epoch: z.int(),
  batch: z.int(),
  imagesPerSecond: z.number(),
  residentBytes: z.number(),
})
export type StepSample = z.infer<typeof stepSample>

export const logLine = z.object({
  id: z.int(),
  at: time,
  level: z.enum(['info', 'warning', 'error']),
  run: z.string().nullable(),
  phase: z.string().nullable(),
  message: z.string(),
})
export type LogLine = z.infer<typeof logLine>

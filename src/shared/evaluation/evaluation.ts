import { z } from 'zod'

export const protocols = ['validation', 'paper'] as const
/** `validation`: thresholds read from the validation curve, the metric and cost from the test set at them. `paper`: swept on the test set itself. */
export type Protocol = (typeof protocols)[number]

/** `averaged`: costs and metrics are averaged over seeds at each threshold, then the budget is read (the paper's code). `per-seed`: each seed is read alone, then averaged. */
export const seedReadings = ['averaged', 'per-seed'] as const
export type SeedReading = (typeof seedReadings)[number]

/** The paper's budgets as fractions of the backbone's cost; null = Unlimited. */
export const defaultBudgets: readonly (number | null)[] = [0.25, 0.5, 0.75, 1, null]

/** What outputs are to be, [samples]: classes, or the values of a regression. */
export type Targets = Int32Array | Float32Array

/** Outputs of the exits of a run for one split: logits and labels. */
export interface ExitOutputs {
  exitCount: number
  sampleCount: number
  /** 1 for a regression. */
  classCount: number
  /** [exits, samples, classes], row-major; of a regression the predictions. */
  logits: Float32Array
  targets: Targets
  /** Of a stretch of a split: position of its first sample in it. */
  firstSample?: number
  /** Of some exits: the first one. */
  firstExit?: number
}

/** Numbers of a fitted exit rule: [exits][numbers], of a rule that is not fitted []. */
export type FittedNumbers = readonly (readonly number[])[]

/** Predictions of each exit for each sample of one split: arrays [exits, samples], row-major. */
export interface ExitPredictions {
  exitCount: number
  sampleCount: number
  classCount: number
  /** Class of the largest logit; the lowest such class where several tie. */
  classes: Int32Array
  /** Largest softmax probability, 1/C … 1. */
  confidences: Float64Array
  /** Entropy of the softmax in nats, 0 … ln C. */
  entropies: Float64Array
  /** [samples] */
  labels: Int32Array
}

/** The task's primary metric and mean cost per sample, in multiply-adds or milliseconds, at each threshold of an exit rule. */
export interface Curve {
  thresholds: Float64Array
  values: Float64Array
  costs: Float64Array
}

/** A mean over seeds with its unbiased standard deviation, null with one seed. */
export const meanStd = z.object({ mean: z.number(), std: z.number().nullable() })
export type MeanStd = z.infer<typeof meanStd>

import { z } from 'zod'
import { importedMark } from './imported.ts'
import { costMachine } from './latency.ts'
import { otherTask } from './task.ts'

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
}

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

/** One cell of the budget table: the task's primary metric in its unit, and the mean cost per sample. */
const budgetCell = z.object({
  budget: z.number().nullable(),
  ...meanStd.shape,
  /** null where only the fraction is known. */
  cost: z.number().nullable(),
  /** Cost as a fraction of the backbone's; of an imported series whose multiply-adds are not known. */
  fraction: z.number().optional(),
})
export type BudgetCell = z.infer<typeof budgetCell>

/** Cost of a cell as a fraction of the backbone's. */
export const costFraction = (
  { cost, fraction }: Pick<BudgetCell, 'cost' | 'fraction'>,
  { backboneCost }: { backboneCost: number | null },
): number => fraction ?? cost! / backboneCost!

/** The answer of `exitlab compare --json`. */
export const comparison = z.object({
  task: otherTask,
  latency: costMachine,
  protocol: z.enum(protocols),
  /** Name of an exit rule, as the registry in engine/exits has it; null where only imported results are compared. */
  rule: z.string().nullable(),
  budgets: z.array(z.number().nullable()),
  rows: z.array(
    z.object({
      experiment: z.string(),
      /** null: not known, of an imported series. */
      regime: z.string().nullable(),
      /** Name of the series; the regime where nothing is swept. */
      series: z.string(),
      /** Index in the palette of series; null: the style of its regime. */
      look: z.int().nullable(),
      seeds: z.array(z.number()),
      /** Ids, in the order of the seeds. */
      runs: z.array(z.string()),
      /** Cost of the bare backbone, of which budgets are fractions; null: not known, of an imported series. */
      backboneCost: z.number().nullable(),
      imported: importedMark.optional(),
      /** null where not even the cheapest threshold fits the budget. */
      cells: z.array(budgetCell.nullable()),
      /** [seeds][budgets]: each seed read alone, without a deviation. */
      seedCells: z.array(z.array(budgetCell.nullable())),
    }),
  ),
})
export type Comparison = z.infer<typeof comparison>

/** A row of runs. */
export type OwnRow = Comparison['rows'][number] & { regime: string; backboneCost: number }

/** Rows of runs, without those of imported results. */
export const ownRows = (rows: Comparison['rows']): OwnRow[] => rows.filter((row): row is OwnRow => !row.imported)

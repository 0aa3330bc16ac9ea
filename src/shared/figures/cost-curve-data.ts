import type { MeanStd } from '../evaluation.ts'
import type { RegimeName } from '../phase.ts'

/** Accuracy in % at a cost given as a fraction of the backbone's. */
export interface CostPoint extends MeanStd {
  cost: number
}

/** One regime of one experiment. */
export interface CostCurveSeries {
  experiment: string
  regime: RegimeName
  /** How the line is named at its end. */
  name: string
  seedCount: number
  /** Ascending thresholds, averaged over seeds. */
  curve: CostPoint[]
  /** Each exit alone, the final exit last. */
  exits: CostPoint[]
}

export interface CostCurveData {
  series: CostCurveSeries[]
  /** Accuracy in % of the bare backbone, which costs 100 %; null where it was not measured. */
  backbone: MeanStd | null
  /** Multiply-adds that 100 % stands for; null where experiments differ in it. */
  backboneMacs: number | null
  /** Fractions of the backbone's cost at which vertical lines stand. */
  budgets: number[]
  /** What the figure was computed on, in one line. */
  note: string
}

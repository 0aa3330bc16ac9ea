import { z } from 'zod'
import { epochDominance } from '../shared/evaluation/dominance.ts'
import type { ExitId } from '../shared/evaluation/exit-id.ts'
import { otherTask, type MetricName } from '../shared/methods/task.ts'
import { networkDrawing } from '../shared/network/network-drawing.ts'
import type { ImportedResult } from '../shared/runs/imported.ts'
import { epochMetric, epochRecord, phaseDetail, runSummary, type RunSummary } from '../shared/runs/runs.ts'

// What the sources of readings give of runs as they were trained; readings that answer with it have it as their schema.

/** Gradient dominance of one run, as it was measured while it was trained. */
export const runDominance = z.object({
  /** Its name. */
  run: z.string(),
  /** Exits of its network, the final classifier included. */
  exitCount: z.int(),
  /** In the order in which they are trained; `epochs`: those at which it was measured. */
  phases: z.array(
    phaseDetail
      .pick({ id: true, name: true, keptEpoch: true, objective: true })
      .extend({ epochs: z.array(epochDominance) }),
  ),
})
export type RunDominance = z.infer<typeof runDominance>

/** The epochs of one run. */
export const runEpochs = z.object({
  /** Its name. */
  run: z.string(),
  task: otherTask,
  /** Exits of its network, the final classifier included. */
  exitCount: z.int(),
  /** In the order in which they are trained. */
  phases: z.array(
    phaseDetail
      .pick({ id: true, name: true, epochs: true, keptEpoch: true })
      .extend({ records: z.array(epochRecord), metrics: z.array(epochMetric) }),
  ),
})
export type RunEpochs = z.infer<typeof runEpochs>

/** Operations of the network of one run up to its final exit. */
export const networkLedger = networkDrawing
  .pick({ title: true, ledger: true, backboneMacs: true })
  .extend({ /** Its name. */ run: z.string() })
export type NetworkLedger = z.infer<typeof networkLedger>

/** Settings in which runs differ, in the order of the experiment file. */
export const settingDifferences = z.object({
  /** In the order of the values. */
  runs: z.array(runSummary.pick({ id: true, name: true, experiment: true, regime: true, series: true })),
  settings: z.array(
    z.object({
      /** Keys into the experiment file, with dots: `training.learningRate`; also `regime` and `seed`. */
      path: z.string(),
      /** JSON values; undefined is null. */
      values: z.array(z.json()),
    }),
  ),
  /** Number of settings that are equal in all runs. */
  same: z.int(),
})
export type SettingDifferences = z.infer<typeof settingDifferences>

/** What one phase of a run took to train. */
export interface PhaseTraining {
  id: string
  name: string
  epochs: number
  /** Wall time of its epochs. */
  seconds: number
  /** Steps of all epochs; null where an earlier version trained it, which did not record them. */
  steps: number | null
  /** Samples of a step. */
  batchSize: number
  /** Multiply-adds of a step for one sample, forward and backward, of each entry of its loss cycle. */
  stepCosts: readonly number[]
}

/** Unit of the horizontal axis of curves, over all phases of a run. */
export const curveAxes = ['epoch', 'step', 'seconds'] as const
export type CurveAxis = (typeof curveAxes)[number]

/** Which curves are read. */
export interface AskedCurves {
  runs: readonly string[]
  /** What else is compared, beside which series are named and look. */
  among: readonly string[]
  /** Of the task of the runs; undefined: its primary one. */
  metric?: MetricName | undefined
  split: 'train' | 'validation'
  exit: ExitId
  x: CurveAxis
}

/** A run, or an imported result, whose regime may not be known. */
export type CurveRun = Pick<RunSummary, 'id' | 'name' | 'experiment' | 'experimentId' | 'series' | 'seed' | 'task'> & {
  regime: RunSummary['regime'] | null
  /** Place of its series in the palette among all that are compared. */
  look: number | null
  imported?: CurveImport
}

/** How an imported curve was measured. */
export interface CurveImport {
  format: ImportedResult['format']
  split: ImportedResult['content']['split']
}

/** A run with a point (x, value) for each of its epochs: shares 0…1. Lines are thinned when they are drawn: points of equal places are of equal epochs. */
export interface RunCurve {
  run: CurveRun
  points: readonly (readonly [x: number, value: number])[]
}

import { z } from 'zod'
import { exitId } from '../../shared/evaluation/exit-id.ts'
import { reference, references } from '../../shared/runs/reference.ts'
import { metricOption } from '../../shared/methods/task.ts'
import { curveAxes, type RunCurve } from '../given.ts'
import { curveGroups } from './curves.ts'

/** One metric of several runs while they were trained. */
export const trainingCurvesQuestion = references.extend({
  /** What else is compared, beside which series are named and look. */
  among: z.array(reference).default([]),
  metric: metricOption,
  split: z.enum(['train', 'validation']).default('validation'),
  exit: exitId.default('final'),
  x: z.enum(curveAxes).default('epoch'),
  by: z.enum(curveGroups).default('regime'),
  seeds: z.enum(['each', 'mean']).default('each'),
  smoothing: z.number().min(0).max(0.99).default(0),
  scale: z.enum(['linear', 'log']).default('linear'),
})
export type TrainingCurvesQuestion = z.output<typeof trainingCurvesQuestion>

/** Thousands of points of each run are not parsed one by one. */
export const trainingCurvesAnswer = z.array(z.custom<RunCurve>())

import { z } from 'zod'
import { calibration } from '../../shared/statistics/calibration.ts'
import { readOnKeys, readSplits } from '../../shared/evaluation/read-on.ts'
import { comparisonQuestion } from '../question.ts'
import { seriesOfRuns } from '../../shared/experiment/series-identity.ts'

export const calibrationQuestion = comparisonQuestion.pick({ runs: true, among: true, rule: true }).extend({
  /** Default: both, of a sweep whose test values are closed validation samples. */
  split: z.enum(readSplits).optional(),
})

/** Calibration of each series on each split. */
export const calibrationAnswer = z.object({
  testOpenedAt: readOnKeys.testOpenedAt,
  /** Whether the exit rule reads logits at the temperatures of the exits, as a figure then draws them. */
  scaled: z.boolean(),
  series: z.array(
    calibration.extend({
      ...seriesOfRuns.shape,
      split: z.enum(readSplits),
    }),
  ),
})
export type CalibrationAnswer = z.infer<typeof calibrationAnswer>
export type SeriesCalibration = CalibrationAnswer['series'][number]

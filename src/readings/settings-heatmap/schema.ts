import { z } from 'zod'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { sweepQuestion, sweptValues } from '../sweep.ts'

/** Path of a setting, or `regime`; null: the regime, else the one with the most values, that is not the other. */
const setting = z.string().nullable().default(null)

export const settingsHeatmapQuestion = sweepQuestion.extend({ rows: setting, columns: setting })

const factor = sweptValues.shape.factors.element

export const settingsHeatmapAnswer = sweptValues.omit({ series: true }).extend({
  experiment: z.string(),
  rows: factor,
  columns: factor,
  /** [rows][columns]: mean over seeds and over the series that have both values, and the names of these; null: there is none. */
  cells: z.array(z.array(meanStd.extend({ seriesCount: z.int(), series: z.array(z.string()) }).nullable())),
  /** Place of the best cell. */
  best: z.tuple([z.int(), z.int()]),
})
export type SettingsHeatmapAnswer = z.infer<typeof settingsHeatmapAnswer>

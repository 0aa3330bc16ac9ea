import { z } from 'zod'
import { runSummary } from '../../shared/runs/runs.ts'

/** Settings in which runs differ, in the order of the experiment file. */
export const settingsAnswer = z.object({
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
export type SettingsAnswer = z.infer<typeof settingsAnswer>

import { z } from 'zod'
import type { Json } from '../basics/json.ts'

const settings = z.record(z.string(), z.json())

/** Settings by their paths in the experiment file; one that is null, or that there is not, is left out. */
export type Settings = z.infer<typeof settings>

/** Settings of an experiment: those that all its series have alike, and those that its series differ in, by their names. */
export const experimentSettings = z.object({
  common: settings,
  series: z.record(z.string(), settings),
  /**
   * Of series whose regime is the experiment's own: the values of settings that phases have of their own, without repetition in the order
   * of the phases, and the phases as canonical JSON.
   */
  phases: z
    .record(z.string(), z.object({ settings: z.record(z.string(), z.array(z.json())), written: z.string() }))
    .optional(),
})
export type ExperimentSettings = z.infer<typeof experimentSettings>

/** A setting as a series of the experiment has it, null where it has none; where phases have it of their own, their values. */
export function valuesOfSeries(
  { common, series, phases }: ExperimentSettings,
  name: string,
  path: string,
): readonly Json[] {
  return phases?.[name]?.settings[path] ?? [series[name]?.[path] ?? common[path] ?? null]
}

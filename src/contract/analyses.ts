import { analyses as registry } from '../readings/analyses/index.ts'
import { z } from 'zod'
import { analysedRun, analysisSummary } from '../shared/evaluation/analysis.ts'
import { methodOrigin } from '../shared/methods/method-origin.ts'
import { procedure } from './procedure.ts'
import { reference } from '../shared/runs/reference.ts'

/** Ids of analyses, as summaries have them. */
const chosen = z.object({ analyses: z.array(z.string().min(1)).min(1) })
const changed = z.object({ analyses: z.array(analysisSummary) })

const analysisChoice = z.object({
  kind: z.string(),
  title: z.string(),
  sentence: z.string(),
  paper: z.string(),
  /** Runs of one analysis. */
  runs: z.union([z.literal(1), z.literal(2)]),
  /** The extension that it is of; null: Exitlab’s own. */
  origin: methodOrigin.nullable(),
  /** JSON schema of its parameters, with descriptions and defaults. */
  parameters: z.record(z.string(), z.unknown()),
})
export type AnalysisChoice = z.infer<typeof analysisChoice>

/** Requests an analysis of each run, or of each pair of runs for analyses of pairs. */
export const analysisQuestion = z.object({
  kind: registry.name,
  runs: z.array(reference).min(1),
  /** Missing parameters have their defaults. */
  parameters: z.record(z.string(), z.unknown()).default({}),
})
export type AnalysisQuestion = z.input<typeof analysisQuestion>

const found = z.object({
  /** With their defaults. */
  parameters: z.record(z.string(), z.unknown()),
  answers: z.array(
    z.object({
      /** The run, or the pair. */
      runs: z.array(analysedRun),
      /** null: never requested. */
      analysis: analysisSummary.nullable(),
    }),
  ),
})

export const analyses = {
  kinds: procedure.output(z.array(analysisChoice)),
  /** Which of these analyses have been requested before; starts nothing. */
  find: procedure.input(analysisQuestion).output(found),
  /** Queues the requested analyses. Existing ones are reused, finished or not; paused or failed ones are resumed. */
  ask: procedure.input(analysisQuestion).output(changed),
  /** Newest first. Empty `runs`: of all runs. */
  list: procedure
    .input(z.object({ runs: z.array(reference).default([]), kind: registry.name.optional() }).prefault({}))
    .output(z.array(analysisSummary)),
  /** `result` fits the kind's schema : whole where the analysis is done, else what there is so far, or null. */
  show: procedure
    .input(z.object({ analysis: z.string().min(1) }))
    .output(z.object({ analysis: analysisSummary, result: z.unknown().nullable(), whole: z.boolean() })),
  pause: procedure.input(chosen).output(changed),
  resume: procedure.input(chosen).output(changed),
  /** Deletes results and finished parts. */
  delete: procedure.input(chosen).output(z.object({ analyses: z.array(z.string()) })),
}

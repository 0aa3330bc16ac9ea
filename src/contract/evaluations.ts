import { z } from 'zod'
import { comparisonQuestion, exitRule, thresholds } from '../readings/question.ts'
import { exitId } from '../shared/exit-id.ts'
import { valueSamples } from '../shared/predicted-values.ts'
import { publishedTables } from '../shared/published.ts'
import { splitMetrics } from '../shared/runs.ts'
import { groupedSamples, sampleGroups } from '../shared/sample-groups.ts'
import { otherTask } from '../shared/task.ts'
import { procedure } from './procedure.ts'
import { reference, references } from '../shared/reference.ts'

/** Exits of one network at most: experiments have at most 1000 blocks. */
const largestExitCount = 1001

export const samplesInput = z.object({
  run: reference,
  rule: exitRule,
  thresholds,
  ...comparisonQuestion.pick({ among: true, split: true }).shape,
  group: z.enum(sampleGroups),
  /** Of the group `leaving`. */
  exit: exitId.default(0),
  /** Class; null: all. */
  label: z.int().nonnegative().nullable().default(null),
  offset: z.int().nonnegative().default(0),
  limit: z.int().positive().max(1000).default(60),
})

/** Of a run of a regression. */
export const valueSamplesInput = samplesInput
  .pick({ run: true, rule: true, thresholds: true, among: true, split: true, offset: true, limit: true })
  .extend({
    /** Exit whose error the samples are sorted by; null: the one at which each leaves. */
    exit: exitId.nullable().default(null),
  })

const exitRuleChoice = z.object({
  name: z.string(),
  title: z.string(),
  sentence: z.string(),
  paper: z.string(),
  /** What a reference may set behind the name, whole numbers. */
  parameters: z.array(
    z.object({
      key: z.string(),
      description: z.string(),
      defaultValue: z.number(),
      least: z.number(),
      most: z.number(),
    }),
  ),
  /** Range of the thresholds and the step between them, for a network with the given number of exits. */
  thresholds: z.object({ low: z.number(), high: z.number(), step: z.number() }),
})
export type ExitRuleChoice = z.infer<typeof exitRuleChoice>

export const evaluations = {
  /** How the series of runs and imported results are called, and look, beside one another: the same on every screen and in every figure. */
  series: procedure
    .input(references)
    .output(z.array(z.object({ id: z.string(), series: z.string(), look: z.int().nullable() }))),
  /** What speaks against comparing finished runs, as sentences: that they come from different processors. */
  caveats: procedure.input(z.object({ runs: z.array(reference).default([]) }).prefault({})).output(z.array(z.string())),
  /** Opens the test values of all series of the experiments of runs, which is recorded and said in captions (method 7.19). */
  openTest: procedure.input(references).output(z.object({ experiments: z.array(z.string()) })),
  /** Samples of a run by where they leave and where they are right. */
  samples: procedure.input(samplesInput).output(groupedSamples),
  /** Of a run of a regression: samples with the largest errors. */
  valueSamples: procedure.input(valueSamplesInput).output(valueSamples),
  /** Exit rules that can read a task, the default one first. */
  rules: procedure
    .input(z.object({ exits: z.int().positive().max(largestExitCount), task: otherTask }))
    .output(z.array(exitRuleChoice)),
  /** The paper's tables of test results, and which of the given runs, read under the rule, have the settings of each. */
  published: procedure
    .input(z.object({ runs: z.array(reference).default([]), rule: exitRule }).prefault({}))
    .output(publishedTables),
  show: procedure
    .input(z.object({ run: reference }))
    .output(splitMetrics.extend({ file: z.string(), sha256: z.string(), createdAt: z.int() })),
}

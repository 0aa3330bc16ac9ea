import { z } from 'zod'
import { exitRule } from '../readings/question.ts'
import { caveat } from '../shared/evaluation/caveat.ts'
import { publishedTables } from '../shared/runs/published.ts'
import { splitMetrics } from '../shared/runs/runs.ts'
import { otherTask } from '../shared/methods/task.ts'
import { procedure } from './procedure.ts'
import { reference, references } from '../shared/runs/reference.ts'

/** Exits of one network at most: experiments have at most 1000 blocks. */
const largestExitCount = 1001

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
  /** What limits the values of finished runs beside one another. */
  caveats: procedure.input(z.object({ runs: z.array(reference).default([]) }).prefault({})).output(z.array(caveat)),
  /** Opens the test values of all series of the experiments of runs, which is recorded and said in captions (method 7.19). */
  openTest: procedure.input(references).output(z.object({ experiments: z.array(z.string()) })),
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

import { z } from 'zod'
import { ExitlabError } from './error.ts'
import { meanStd } from './evaluation.ts'
import { costKeys } from './cost-kind.ts'
import { readOnKeys } from './read-on.ts'
import { otherTask } from './task.ts'

/** What thresholds would do, over the seeds of one regime. The task's primary metric in its unit, shares in %. */
export const whatIf = z.object({
  task: otherTask,
  ...costKeys,
  readOn: readOnKeys.readOn,
  runs: z.array(z.string()),
  value: meanStd,
  /** Mean cost a sample, in multiply-adds or milliseconds. */
  cost: meanStd,
  backboneCost: z.number(),
  exits: z.array(
    z.object({
      exit: z.int(),
      /** null: the final classifier. */
      block: z.int().nullable(),
      /** Cumulative cost as a fraction of the backbone's. */
      fraction: z.number(),
      /** Share of samples that leave here. */
      leaving: meanStd,
      /** The metric of the samples that leave here; null if a seed has none. */
      value: meanStd.nullable(),
    }),
  ),
  /** Share of samples that an exit before the one they leave at had right and that are wrong where they leave; null for a regression. */
  lost: meanStd.nullable(),
})
export type WhatIfAnswer = z.infer<typeof whatIf>

/** @throws ExitlabError `usage` unless there is one threshold, or one for each exit but the final. */
export function checkThresholds(thresholds: number | readonly number[], exitCount: number): void {
  if (typeof thresholds === 'number' || thresholds.length === exitCount - 1) return
  throw new ExitlabError(
    'usage',
    `This network has ${exitCount} exits, including the final classifier: expected one threshold, or ${exitCount - 1}, ` +
      `one for each exit but the final; found ${thresholds.length}.`,
  )
}

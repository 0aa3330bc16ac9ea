import { costKeyNames } from '../../shared/evaluation/cost-kind.ts'
import { z } from 'zod'
import { meanStd } from '../../shared/evaluation/evaluation.ts'
import { pairedDifference } from '../../shared/statistics/paired.ts'
import { budgetsAnswer } from '../budgets/schema.ts'
import { budgetQuestion, costUnit } from '../question.ts'
import { seriesOfRuns } from '../../shared/experiment/series-identity.ts'

export const staticNetworksQuestion = budgetQuestion.extend({ unit: costUnit })

const costPoint = meanStd.extend({ cost: z.number() })

/** A network without exits: every sample costs the same. */
const staticNetwork = seriesOfRuns.extend({
  /** Among all of them. */
  name: z.string(),
  seedCount: z.int(),
  cost: z.number(),
  /** The task's primary metric in its unit. */
  validation: meanStd,
  test: meanStd,
})
export type StaticNetwork = z.infer<typeof staticNetwork>

/** A multi-exit series beside the static networks that were measured on the same data. */
const besideStatic = seriesOfRuns.extend({
  seeds: z.array(z.int()),
  /** Its threshold curve on test samples. */
  curve: z.array(costPoint),
  /** Names of the static networks, in ascending cost. */
  networks: z.array(z.string()),
  /** Name of the best on validation samples up to each of them. */
  best: z.array(z.string()),
  atBudgets: z.array(
    z.object({
      /** Fraction of its own backbone's cost, and that cost. */
      budget: z.number(),
      limit: z.number(),
      /** On test samples; null where not even its cheapest threshold fits. */
      value: costPoint.nullable(),
      /** Name of the best static network within the budget; null where the smallest costs more. */
      network: z.string().nullable(),
      /** Series − network on test samples, paired by seed, with p after Holm's correction for its budgets; null without a common seed. */
      difference: pairedDifference.extend({ adjustedP: z.number().nullable() }).nullable(),
    }),
  ),
})
export type BesideStatic = z.infer<typeof besideStatic>
export type AtBudget = BesideStatic['atBudgets'][number]

export const staticNetworksAnswer = budgetsAnswer
  .pick({ task: true, ...costKeyNames, protocol: true, readOn: true, testOpenedAt: true })
  .extend({
    rule: z.string(),
    /** In ascending cost. */
    networks: z.array(staticNetwork),
    series: z.array(besideStatic),
  })
export type StaticNetworksAnswer = z.infer<typeof staticNetworksAnswer>

/** What is better at a budget, beyond chance: early exit, a static network, or neither; null where it was not tested. */
export type Verdict = 'early exit' | 'static network' | 'neither'

import { z } from 'zod'
import { readBudget } from '../engine/evaluation/budget-reading.ts'
import { sharedOf } from '../engine/evaluation/evaluation-summary.ts'
import { groupRuns } from '../engine/evaluation/groups.ts'
import { ExitlabError } from '../shared/basics/error.ts'
import { costKeys } from '../shared/evaluation/cost-kind.ts'
import { readOnKeys } from '../shared/evaluation/read-on.ts'
import { factorsOf, levelOf } from '../shared/experiment/series.ts'
import { factor, type Factor } from '../shared/experiment/series-factor.ts'
import { identityOf, seriesOfRuns } from '../shared/experiment/series-identity.ts'
import { budgetColumn } from '../shared/tables/table-words.ts'
import { mean } from '../shared/statistics/statistics.ts'
import { otherTask, primaryMetric } from '../shared/methods/task.ts'
import { comparisonQuestion } from './question.ts'
import type { ReadingSources } from './sources.ts'

/** Of a sweep at one budget. */
export const sweepQuestion = comparisonQuestion.extend({
  budgets: z.array(z.number().positive().nullable()).length(1).default([0.5]),
})

/** The task's primary metric of the series of a sweep, in its unit. */
export const sweptValues = z.object({
  ...readOnKeys,
  task: otherTask,
  ...costKeys,
  protocol: comparisonQuestion.shape.protocol.unwrap(),
  rule: z.string(),
  budget: z.number().nullable(),
  /** In what the series differ. */
  factors: z.array(factor),
  series: z.array(
    seriesOfRuns.extend({
      /** One for each factor: its place among the levels. */
      levels: z.array(z.int()),
      seeds: z.array(z.int()),
      /** One for each seed. */
      values: z.array(z.number()),
    }),
  ),
})
export type SweptValues = z.infer<typeof sweptValues>
export type SweptSeries = SweptValues['series'][number]

/** Reads every series of one experiment at a budget; those without a threshold within it are left out. @throws ExitlabError `conflict` where none has one. */
export async function readSweep(
  sources: ReadingSources,
  question: z.output<typeof sweepQuestion>,
): Promise<SweptValues> {
  const runs = await sources.runs(question)
  refuseSeveral([...new Set(runs.map(({ experiment }) => experiment))])
  const budget = question.budgets[0]!
  const groups = groupRuns(runs).map((group) => ({ ...group, settings: group.runs[0]!.settings ?? {} }))
  const read = groups.flatMap(({ runs: members, ...group }) => {
    const reading = readBudget({ runs: members }, budget, question)
    return reading ? [{ ...group, reading }] : []
  })
  if (read.length === 0) throw nothingWithin(budget, factorsOf(groups))
  const factors = factorsOf(read)
  return {
    ...sharedOf(runs),
    ...{ protocol: question.protocol, rule: sources.ruleOf(question), budget, factors },
    series: read.map(({ settings, reading, ...group }) => ({
      ...identityOf(group),
      levels: factors.map(({ path, levels }) => levels.indexOf(levelOf({ regime: group.regime, settings }, path))),
      seeds: reading.seeds,
      values: reading.values,
    })),
  }
}

/** The series of a sweep by their means, the best first; equals stay in their order. */
export function bestFirst({ series, ...of }: SweptValues): SweptSeries[] {
  const sign = primaryMetric(of).higherIsBetter ? 1 : -1
  return series.toSorted((a, b) => sign * (mean(b.values) - mean(a.values)))
}

/** Series that differ in one setting are hardly a sweep. */
function nothingWithin(budget: number | null, factors: readonly Factor[]): ExitlabError {
  return new ExitlabError(
    'conflict',
    `No series has a threshold within ${budgetColumn(budget).title} of the backbone’s cost. Choose a larger budget.`,
    factors.length < 2 ? { inapplicable: true } : {},
  )
}

function refuseSeveral(experiments: readonly string[]): void {
  if (experiments.length < 2) return
  throw new ExitlabError(
    'usage',
    `Settings are compared within one experiment, which sweeps them; these runs are of ${experiments.length}. Choose the runs of one.`,
    { inapplicable: true },
  )
}

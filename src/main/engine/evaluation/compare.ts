import { ExitlabError } from '../../../shared/error.ts'
import type { BudgetCell, Comparison } from '../../../shared/evaluation.ts'
import { readBudget } from './budget-reading.ts'
import type { ReadingOptions } from './budget-reading.ts'
import { groupRuns } from './groups.ts'
import type { SeriesGroup } from './groups.ts'
import { sharedOf, type EvaluationSummary } from './evaluation-summary.ts'
import { mean, meanStd } from '../../../shared/statistics.ts'

export interface CompareOptions extends ReadingOptions {
  /** Fractions of the backbone's cost; null = Unlimited. */
  budgets: readonly (number | null)[]
}

/**
 * The budget table: the task's primary metric on test samples in its unit (mean and unbiased standard deviation over seeds) and cost of each experiment
 * and series at each budget (method 7.3). Throws `usage` where there is nothing to compare or rules are mixed, `conflict` as `groupRuns` does.
 */
export function compareRuns(runs: readonly EvaluationSummary[], options: CompareOptions): Comparison {
  return {
    ...sharedOf(runs[0]),
    protocol: options.protocol,
    rule: commonRule(runs),
    budgets: [...options.budgets],
    rows: groupRuns(runs).map((group) => ({
      experiment: group.experiment,
      regime: group.regime,
      series: group.series,
      look: group.look,
      seeds: group.runs.map((run) => run.seed),
      runs: group.runs.map((run) => run.id),
      backboneCost: group.runs[0]!.backboneCost,
      cells: options.budgets.map((budget) => budgetCell(group, budget, options)),
      seedCells: group.runs.map((run) =>
        options.budgets.map((budget) => budgetCell({ ...group, runs: [run] }, budget, options)),
      ),
    })),
  }
}

function budgetCell(
  group: SeriesGroup<EvaluationSummary>,
  budget: number | null,
  options: ReadingOptions,
): BudgetCell | null {
  const reading = readBudget(group, budget, options)
  return reading && { budget, ...meanStd(reading.values), cost: mean(reading.costs) }
}

function commonRule(runs: readonly EvaluationSummary[]): string {
  const rules = [...new Set(runs.map((run) => run.rule))]
  if (rules.length === 1) return rules[0]!
  throw new ExitlabError(
    'usage',
    rules.length === 0
      ? 'There is no evaluated run to compare. Choose finished runs, or an experiment with finished runs.'
      : `Runs are compared under one exit rule, but these have ${rules.join(' and ')}.`,
  )
}

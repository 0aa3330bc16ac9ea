import { ExitlabError } from '../../../shared/error.ts'
import type { BudgetCell, Comparison } from '../../../shared/evaluation.ts'
import { readBudget } from './budget-reading.ts'
import type { ReadingOptions } from './budget-reading.ts'
import { groupRuns } from './groups.ts'
import type { SeriesGroup } from './groups.ts'
import { sharedOf, type ComparedSummary } from './evaluation-summary.ts'
import { mean, meanStd } from '../../../shared/statistics.ts'

export interface CompareOptions extends ReadingOptions {
  /** Fractions of the backbone's cost; null = Unlimited. */
  budgets: readonly (number | null)[]
}

/**
 * The budget table: the task's primary metric on test samples in its unit (mean and unbiased standard deviation over seeds) and cost of each experiment
 * and series at each budget (method 7.3). Throws `usage` where there is nothing to compare or rules are mixed, `conflict` as `groupRuns` does.
 */
export function compareRuns(runs: readonly ComparedSummary[], options: CompareOptions): Comparison {
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
      ...backboneOf(group.runs[0]!),
      cells: options.budgets.map((budget) => budgetCell(group, budget, options)),
      seedCells: group.runs.map((run) =>
        options.budgets.map((budget) => budgetCell({ ...group, runs: [run] }, budget, options)),
      ),
    })),
  }
}

function budgetCell(
  group: SeriesGroup<ComparedSummary>,
  budget: number | null,
  options: ReadingOptions,
): BudgetCell | null {
  const reading = readBudget(group, budget, options)
  if (reading === null) return null
  const { imported, backboneCost } = group.runs[0]!
  const cost = mean(reading.costs)
  const known = imported?.sharesOnly ? { cost: null, fraction: cost / backboneCost } : { cost }
  return { budget, ...meanStd(reading.values), ...known }
}

/** What a row says of its backbone, and of where it comes from. */
function backboneOf({ imported, backboneCost }: ComparedSummary) {
  return { backboneCost: imported?.sharesOnly ? null : backboneCost, ...(imported && { imported }) }
}

/** Of the runs; null where there are only imported results. */
function commonRule(all: readonly ComparedSummary[]): string | null {
  const runs = all.filter(({ imported }) => !imported)
  if (runs.length < all.length && runs.length === 0) return null
  const rules = [...new Set(runs.map((run) => run.rule))]
  if (rules.length === 1) return rules[0]!
  throw new ExitlabError(
    'usage',
    rules.length === 0
      ? 'There is no evaluated run to compare. Choose finished runs, or an experiment with finished runs.'
      : `Runs are compared under one exit rule, but these have ${rules.join(' and ')}.`,
  )
}

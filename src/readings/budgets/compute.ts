import type { z } from 'zod'
import { readBudget, type ReadingOptions } from '../../engine/evaluation/budget-reading.ts'
import { sharedOf, type ComparedSummary } from '../../engine/evaluation/evaluation-summary.ts'
import { groupRuns, type SeriesGroup } from '../../engine/evaluation/groups.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { identityOf } from '../../shared/experiment/series-identity.ts'
import { mean, meanStd } from '../../shared/statistics/statistics.ts'
import { differencesAnswer } from '../differences/schema.ts'
import { fitsSeries, overlayFor, publishedValue } from '../published.ts'
import type { ReadingSources } from '../sources.ts'
import { ownRows, type BudgetCell, type BudgetsAnswer, type budgetsQuestion } from './schema.ts'

type Question = z.output<typeof budgetsQuestion>
type Options = ReadingOptions & { budgets: readonly (number | null)[] }

export async function compute(sources: ReadingSources, question: Question): Promise<BudgetsAnswer> {
  const answer = budgetsOf(await sources.results(question), question)
  const own = ownRows(answer.rows)
  if (own.length === 0) return answer
  const runs = own.flatMap((row) => row.runs)
  return withPublished(await withMarks(answer, sources, question), { runs, sources, question })
}

/**
 * With the differences of the series to the best at each budget (method 7.16), or to a series that is named, whichever it is: those
 * are corrected for all pairs (method 7.10).
 */
async function withMarks(answer: BudgetsAnswer, sources: ReadingSources, question: Question): Promise<BudgetsAnswer> {
  if (!question.marked) return answer
  const against = ownRows(answer.rows).find(({ series }) => series === question.against)?.series ?? null
  const { runs, among, split, protocol, rule, budgets, seedReading, cost } = question
  const asked = await sources.ask('differences', {
    ...{ runs, among, split, protocol, rule, budgets, seedReading, cost },
    // Not by its name: a regime may be called `best`, or `all`.
    against: against === null ? 'best' : 'all',
  })
  const atBudgets = differencesAnswer.parse(asked).atBudgets.map(({ budget, pairs }) => ({
    budget,
    pairs: against === null ? pairs : pairs.filter(({ first, second }) => first === against || second === against),
  }))
  return { ...answer, marks: { against, atBudgets } }
}

async function withPublished(
  answer: BudgetsAnswer,
  { runs, sources, question }: { runs: string[]; sources: ReadingSources; question: Question },
): Promise<BudgetsAnswer> {
  const overlay = await overlayFor(answer, { runs, sources, question })
  if (overlay === null) return answer
  const { key, title } = overlay
  const rows = answer.rows.map((row) => {
    const published = answer.budgets.map((budget, b) => {
      const value = publishedValue(overlay, row, budget)
      const measured = row.cells[b] ?? null
      return value && { ...value, gain: measured && fitsSeries(overlay, row) ? measured.mean - value.mean : null }
    })
    return published.some((value) => value) ? { ...row, published } : row
  })
  return { ...answer, rows, published: { key, title, fits: Object.keys(overlay.runs).length > 0 } }
}

/**
 * The task's primary metric on test samples in its unit (mean and unbiased standard deviation over seeds) and cost of each experiment
 * and series at each budget (method 7.3). Throws `usage` where there is nothing to compare or rules are mixed, `conflict` as `groupRuns` does.
 */
export function budgetsOf(runs: readonly ComparedSummary[], options: Options): BudgetsAnswer {
  return {
    ...sharedOf(runs),
    protocol: options.protocol,
    rule: commonRule(runs),
    budgets: [...options.budgets],
    rows: groupRuns(runs).map((group) => ({
      ...identityOf(group),
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

/** What a row says of its backbone, and of where its values come from. */
function backboneOf({ imported, readOn, backboneCost }: ComparedSummary) {
  return {
    backboneCost: imported?.sharesOnly ? null : backboneCost,
    ...(imported && { imported }),
    ...(readOn && { readOn }),
  }
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

import type { z } from 'zod'
import type { ComparisonInput, curvesInput } from '../../../shared/contract/evaluations.ts'
import { defaultBudgets, type Comparison } from '../../../shared/evaluation.ts'
import type { ExitTables } from '../../../shared/exit-table.ts'
import type { CostCurveData } from '../../../figures/cost-curve-data.ts'
import type { OptimismData } from '../../../figures/optimism-data.ts'
import type { RegimeDifferences } from '../../../shared/regime-differences.ts'
import { compareRuns, costCurves, differencesAtBudgets, exitTables, optimism as optimismOf } from '../../engine/pure.ts'
import { comparedRuns } from './compared-runs.ts'
import type { EvaluationSources } from './evaluation-reader.ts'

/** A comparison's question with its defaults filled in, all but the budgets. */
export type ComparisonQuery = Required<Omit<ComparisonInput, 'budgets'>> & Pick<ComparisonInput, 'budgets'>

export async function compare(services: EvaluationSources, query: ComparisonQuery): Promise<Comparison> {
  return compareRuns(await comparedRuns(services, query), withBudgets(query))
}

export async function curves(services: EvaluationSources, query: z.output<typeof curvesInput>): Promise<CostCurveData> {
  return costCurves(await comparedRuns(services, query), withBudgets(query))
}

export async function exits(
  services: EvaluationSources,
  query: Pick<ComparisonQuery, 'runs' | 'rule'>,
): Promise<ExitTables> {
  return exitTables(await comparedRuns(services, query))
}

export async function differences(services: EvaluationSources, query: ComparisonQuery): Promise<RegimeDifferences> {
  return differencesAtBudgets(await comparedRuns(services, query), withBudgets(query))
}

export async function optimism(
  services: EvaluationSources,
  query: Omit<ComparisonQuery, 'protocol'>,
): Promise<OptimismData> {
  return optimismOf(await comparedRuns(services, query), withBudgets(query))
}

function withBudgets<Query extends Pick<ComparisonInput, 'budgets'>>({ budgets, ...query }: Query) {
  return { ...query, budgets: budgets ?? defaultBudgets }
}

import { join } from 'node:path'
import type { ComparisonInput } from '../../../shared/contract/evaluations.ts'
import { defaultBudgets, type Comparison } from '../../../shared/evaluation.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { ExitTables } from '../../../shared/exit-table.ts'
import type { CostCurveData } from '../../../shared/figures/cost-curve-data.ts'
import type { OptimismData } from '../../../shared/figures/optimism-data.ts'
import type { RegimeDifferences } from '../../../shared/regime-differences.ts'
import {
  compareRuns,
  costCurves,
  differencesAtBudgets,
  exitRuleChoices,
  exitTables,
  optimism as optimismOf,
} from '../../engine/pure.ts'
import { comparedRuns } from '../comparison.ts'
import { matchingTable, readPublishedTables } from '../published.ts'
import { resolveRun, resolveRuns } from '../references.ts'
import type { HostServices } from '../services.ts'
import { whatIf } from '../what-if.ts'
import { os } from './contract.ts'

/** A comparison's question with its defaults filled in, all but the budgets. */
export type ComparisonQuery = Required<Omit<ComparisonInput, 'budgets'>> & Pick<ComparisonInput, 'budgets'>

export const evaluations = {
  compare: os.evaluations.compare.handler(({ input, context }) => compare(context, input)),

  curves: os.evaluations.curves.handler(({ input, context }) => curves(context, input)),

  exits: os.evaluations.exits.handler(({ input, context }) => exits(context, input)),

  differences: os.evaluations.differences.handler(({ input, context }) => differences(context, input)),

  optimism: os.evaluations.optimism.handler(({ input, context }) => optimism(context, input)),

  whatIf: os.evaluations.whatIf.handler(({ input, context }) => whatIf(context, input)),

  rules: os.evaluations.rules.handler(({ input }) => exitRuleChoices(input.exits)),

  published: os.evaluations.published.handler(async ({ input, context: { store } }) => {
    const tables = await readPublishedTables()
    const runs = resolveRuns(store, input.runs)
    const experiments = runs.map(({ experimentId }) => store.experiments.get(experimentId)!)
    return { tables, matching: matchingTable(tables, experiments) }
  }),

  show: os.evaluations.show.handler(({ input, context: { store, evaluations } }) => {
    const run = resolveRun(store, input.run, 'any')
    const row = evaluations.rowOf(run)
    if (row === null) throw new ExitlabError('conflict', `${run.name} is ${run.status}: it has not been evaluated yet.`)
    const { accuracies, file, sha256, createdAt } = row
    return { ...accuracies, file: join(store.workspace.folder, file), sha256, createdAt }
  }),
}

export async function compare(services: HostServices, query: ComparisonQuery): Promise<Comparison> {
  return compareRuns(await comparedRuns(services, query), withBudgets(query))
}

export async function curves(
  services: HostServices,
  query: Pick<ComparisonQuery, 'runs' | 'rule' | 'budgets'>,
): Promise<CostCurveData> {
  return costCurves(await comparedRuns(services, query), withBudgets(query).budgets)
}

export async function exits(
  services: HostServices,
  query: Pick<ComparisonQuery, 'runs' | 'rule'>,
): Promise<ExitTables> {
  return exitTables(await comparedRuns(services, query))
}

export async function differences(services: HostServices, query: ComparisonQuery): Promise<RegimeDifferences> {
  return differencesAtBudgets(await comparedRuns(services, query), withBudgets(query))
}

export async function optimism(
  services: HostServices,
  query: Omit<ComparisonQuery, 'protocol'>,
): Promise<OptimismData> {
  return optimismOf(await comparedRuns(services, query), withBudgets(query))
}

function withBudgets<Query extends Pick<ComparisonInput, 'budgets'>>({ budgets, ...query }: Query) {
  return { ...query, budgets: budgets ?? defaultBudgets }
}

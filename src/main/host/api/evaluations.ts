import { join } from 'node:path'
import type { ComparisonInput } from '../../../shared/contract/evaluations.ts'
import { defaultBudgets, type Comparison } from '../../../shared/evaluation.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { CostCurveData } from '../../../shared/figures/cost-curve-data.ts'
import { compareRuns, costCurves } from '../../engine/pure.ts'
import { comparedRuns } from '../comparison.ts'
import { resolveRun } from '../references.ts'
import type { HostServices } from '../services.ts'
import { os } from './contract.ts'

type Query = Required<Omit<ComparisonInput, 'budgets'>> & Pick<ComparisonInput, 'budgets'>

export const evaluations = {
  compare: os.evaluations.compare.handler(({ input, context }) => compare(context, input)),

  curves: os.evaluations.curves.handler(({ input, context }) => curves(context, input)),

  show: os.evaluations.show.handler(({ input, context: { store, evaluations } }) => {
    const run = resolveRun(store, input.run, 'any')
    const row = evaluations.rowOf(run)
    if (row === null) throw new ExitlabError('conflict', `${run.name} is ${run.status}: it has not been evaluated yet.`)
    const { accuracies, file, sha256, createdAt } = row
    return { ...accuracies, file: join(store.workspace.folder, file), sha256, createdAt }
  }),
}

export async function compare(services: HostServices, { budgets, ...query }: Query): Promise<Comparison> {
  return compareRuns(await comparedRuns(services, query), { ...query, budgets: budgets ?? defaultBudgets })
}

export async function curves(
  services: HostServices,
  { budgets, ...query }: Pick<Query, 'runs' | 'rule' | 'budgets'>,
): Promise<CostCurveData> {
  return costCurves(await comparedRuns(services, query), budgets ?? defaultBudgets)
}

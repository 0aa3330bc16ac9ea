import { join } from 'node:path'
import type { ComparisonInput, RegimeCurve } from '../../../shared/contract.ts'
import { defaultBudgets, type Comparison } from '../../../shared/evaluation.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { compareRuns, groupRuns, mean, meanStd, type EvaluationSummary } from '../../engine/pure.ts'
import { comparedRuns } from '../comparison.ts'
import { resolveRun } from '../references.ts'
import type { HostServices } from '../services.ts'
import { os } from './contract.ts'

type Query = Required<Omit<ComparisonInput, 'budgets'>> & Pick<ComparisonInput, 'budgets'>

export const evaluations = {
  compare: os.evaluations.compare.handler(({ input, context }) => compare(context, input)),

  curves: os.evaluations.curves.handler(async ({ input, context }) =>
    groupRuns(await comparedRuns(context, input)).map(regimeCurve),
  ),

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

function regimeCurve({
  experiment,
  regime,
  runs,
}: ReturnType<typeof groupRuns<EvaluationSummary>>[number]): RegimeCurve {
  const { backboneMacs, exitMacs, test } = runs[0]!
  const at = Array.from(test.curve.thresholds, (_, t) => ({
    macs: mean(runs.map((run) => run.test.curve.macs[t]!)),
    ...meanStd(runs.map((run) => run.test.curve.accuracies[t]!)),
  }))
  const exits = exitMacs.map((macs, exit) => {
    const { mean: accuracy, std } = meanStd(runs.map((run) => run.test.exitAccuracies[exit]!))
    return { macs, accuracy, std }
  })
  return {
    ...{ experiment, regime, backboneMacs, exits },
    seeds: runs.map(({ seed }) => seed),
    thresholds: [...test.curve.thresholds],
    macs: at.map(({ macs }) => macs),
    accuracies: at.map((point) => point.mean),
    stds: runs.length === 1 ? null : at.map(({ std }) => std!),
  }
}

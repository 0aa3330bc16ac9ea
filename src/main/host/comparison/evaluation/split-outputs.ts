import type { EvaluatedSplit } from '../../../../shared/data/data.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { CostKind } from '../../../../shared/evaluation/cost-kind.ts'
import type { ReadSplit } from '../../../../shared/evaluation/read-on.ts'
import type { ClassifiedRun, RunIdentity, ScoredRun, ValueOutputs } from '../../../../engine/pure.ts'
import type { RunRow } from '../../../store/runs.ts'
import { resolveRuns } from '../../runs/references.ts'
import type { EvaluationSources } from './evaluation-reader.ts'
import { costsOf } from './measured-costs.ts'
import { runIdentity } from './run-identity.ts'

interface SplitQuery {
  runs: readonly string[]
  rule?: string | undefined
  split: EvaluatedSplit
  cost?: CostKind
}

/** One split of the seeds of one series, in their order. @throws ExitlabError `usage` where it is more than that. */
export async function scoredSeeds(
  { store, evaluations }: EvaluationSources,
  { cost = 'macs', ...query }: SplitQuery,
): Promise<[ScoredRun, ...ScoredRun[]]> {
  const runs = resolveRuns(store, query.runs).toSorted((a, b) => a.seed - b.seed)
  refuseUnlike(runs)
  const costs = costsOf(store, runs, cost)
  const scored = await Promise.all(runs.map((run) => evaluations.scored(run, { ...query, costs })))
  return scored.map((each) => ({ ...each, identity: onSamples(each.identity, query.split) })) as [
    ScoredRun,
    ...ScoredRun[],
  ]
}

/** Says on which samples a run is read. */
const onSamples = (identity: RunIdentity, split: EvaluatedSplit): RunIdentity =>
  split === 'validation' ? { ...identity, readOn: split } : identity

function refuseUnlike(runs: readonly RunRow[]): void {
  const groups = new Set(runs.map(({ seriesId }) => seriesId))
  if (groups.size === 1) return
  const names = runs.map(({ name }) => name).join(', ')
  throw new ExitlabError(
    'usage',
    `Expected runs of one series; got runs of ${groups.size} series: ${names}. ` + 'Choose the runs of one series.',
  )
}

/** The same of a classification. Default rule: that of the task; predictions are those that it reads. */
export async function classifiedSeeds(
  services: EvaluationSources,
  query: SplitQuery,
): Promise<[ClassifiedRun, ...ClassifiedRun[]]> {
  const scored = await scoredSeeds(services, query)
  return scored.map(withClasses) as [ClassifiedRun, ...ClassifiedRun[]]
}

/** Whether samples of every one of the runs were held back for calibration. */
export function isCalibrated({ store }: Pick<EvaluationSources, 'store'>, runs: readonly string[]): boolean {
  return resolveRuns(store, runs).every(({ id }) => store.phases.last(id)!.definition.data.calibration !== undefined)
}

/** @throws ExitlabError `usage` for a regression. */
function withClasses({ predictions, ...run }: ScoredRun): ClassifiedRun {
  if (predictions !== null) return { ...run, predictions }
  throw new ExitlabError(
    'usage',
    'Only for classification: a regression has neither classes nor confidences. Exits, curves, budgets and what-if are available.',
  )
}

/** All outputs of a split of a regression: one number for each exit and sample. @throws ExitlabError `usage` where the run has classes. */
export async function valuesOf(
  { store, evaluations }: EvaluationSources,
  run: RunRow,
  split: ReadSplit,
): Promise<{ identity: RunIdentity; outputs: ValueOutputs }> {
  if (store.series.get(run.seriesId).network.task !== 'regression')
    throw new ExitlabError('usage', 'Only for a regression: a classification has classes and confidences instead.')
  const outputs = await evaluations.outputs(run, (all) => all[split].samples(0, all[split].sampleCount))
  return { identity: onSamples(runIdentity(store, run), split), outputs }
}

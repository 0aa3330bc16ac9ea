import type { AskedRuns } from '../../../../readings/sources.ts'
import { hasCosts, withoutCosts, withoutCostsSentence, type ImportedResult } from '../../../../shared/runs/imported.ts'
import { ruleNameOf, summariseImport, type ComparedSummary, type EvaluationSummary } from '../../../../engine/pure.ts'
import type { EvaluationReader, EvaluationSources, ReadOptions } from './evaluation-reader.ts'
import { measuredCost, type MeasuredCost } from '../../../../shared/evaluation/cost-kind.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Json } from '../../../../shared/basics/json.ts'
import { taskInfoOf } from '../../../../shared/methods/task.ts'
import { bareBackbone } from './bare-backbone.ts'
import { seriesAmong } from './compared-series.ts'
import { costsOf } from './measured-costs.ts'
import { namedRuns, runsAmong } from './named-runs.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { inTurns } from '../../../execution/threads/in-turns.ts'
import { experimentLabels } from '../../runs/experiment-labels.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { resolveRuns } from '../../runs/references.ts'
import { retrying } from '../../runs/phase-files.ts'

/** Which runs and imported results a question is about, with what is said of them and the state of their files: equal where its answer is. */
export function comparedContent(
  { store, evaluations }: EvaluationSources,
  { runs: references, among }: { runs: readonly string[]; among: readonly string[] },
): Json {
  const imports = [references, among].flatMap((each) => splitReferences(store, each).imports)
  const runs = namedRuns(store, references)
  return {
    runs: runs.map((run) => [
      ...[run.id, run.name, run.status, run.seriesId, run.experimentId],
      run.status === 'done' ? evaluations.stampOf(run) : null,
    ]),
    experiments: [...new Set(runs.map(({ experimentId }) => experimentId))].map((id) => [
      ...[id, store.experiments.nameOf(id), store.experiments.testOpenedAt(id)],
    ]),
    among: runsAmong(store, among).map(({ id, status }) => [id, status]),
    imports: imports.map(({ id, name, experiment, sha256 }) => [id, name, experiment, sha256]),
  }
}

/** The comparable runs among the given ones (default: all), under one exit rule, and the imported results among them. */
export async function comparedResults(services: EvaluationSources, asked: AskedRuns): Promise<ComparedSummary[]> {
  const { runs, imports } = splitReferences(services.store, asked.runs)
  const measured = measuredCost(asked.cost)
  const placed = measured ? [] : imports.filter(({ content }) => hasCosts(content))
  if (imports.length > 0 && placed.length === 0 && runs.length === 0)
    throw measured ? onlyMacs(measured) : onlyTraining(imports)
  const own = placed.length > 0 && runs.length === 0 ? [] : await ownRuns(services, { ...asked, runs })
  refuseOtherTask(own, placed)
  const { store } = services
  const named = runs.length === 0 && placed.length > 0 ? [] : namedRuns(store, runs)
  const series = seriesAmong(store, asked.among ?? [], { runs: named, imports: placed })
  const imported = placed.map((each) => ({
    ...summariseImport(each),
    ...bareBackbone(each.regime, []),
    look: series.ofImport(each).look,
  }))
  return [...own, ...imported]
}

/** The comparable runs among the given ones (default: all), under one exit rule. Imported results are left out: they have no samples. */
export async function comparedRuns(services: EvaluationSources, asked: AskedRuns): Promise<EvaluationSummary[]> {
  const { runs, imports } = splitReferences(services.store, asked.runs)
  if (runs.length === 0 && imports.length > 0) throw withoutSamples()
  return ownRuns(services, { ...asked, runs })
}

async function ownRuns(
  { store, evaluations }: EvaluationSources,
  { runs: references, among = [], rule, cost }: AskedRuns,
): Promise<EvaluationSummary[]> {
  const named = namedRuns(store, references)
  const done = named.filter(({ status }) => status === 'done')
  if (done.length === 0) throw nothingToCompare(named)
  const labels = experimentLabels(store, named)
  const series = seriesAmong(store, among, { runs: named, imports: [] })
  refuseTasks(store, done)
  const costs = costsOf(store, done, cost)
  const chosen = new Map([...labels.keys()].map((id) => [id, store.experiments.get(id)!.file.regimes]))
  const summaries: EvaluationSummary[] = []
  const damaged: { run: RunRow; error: ExitlabError }[] = []
  await inTurns(done, async (some) => {
    const found = await Promise.all(some.map((run) => summaryOrDamage(evaluations, run, { rule, costs })))
    for (const [index, each] of found.entries()) {
      const run = some[index]!
      if (each instanceof ExitlabError) damaged.push({ run, error: each })
      else {
        const about = { ...series.of(run), experiment: labels.get(run.experimentId)! }
        summaries.push({ ...each, ...about, ...bareBackbone(run.regime, chosen.get(run.experimentId)!) })
      }
    }
  })
  evaluations.keepSummaries()
  if (damaged.length > 0) throw allDamaged(damaged)
  return summaries
}

async function summaryOrDamage(
  evaluations: EvaluationReader,
  run: RunRow,
  read: ReadOptions,
): Promise<EvaluationSummary | ExitlabError> {
  try {
    return await evaluations.summary(run, read)
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'checkpoint-damaged') return error
    throw error
  }
}

/** The exit rule that a query about runs of one task is answered under. */
export function ruleOfQuery(
  { store }: Pick<EvaluationSources, 'store'>,
  { runs, rule }: Pick<AskedRuns, 'runs' | 'rule'>,
): string {
  const [first] =
    runs.length === 0 ? store.runs.withStatus('done') : resolveRuns(store, splitReferences(store, runs).runs)
  return ruleNameOf(first ? store.series.get(first.seriesId).network : {}, rule)
}

/** @throws ExitlabError `conflict` where runs learn different tasks, whose metrics have no common scale. */
function refuseTasks(store: Store, runs: readonly RunRow[]): void {
  const tasks = Map.groupBy(runs, ({ seriesId }) => taskInfoOf(store.series.get(seriesId).network).title)
  if (tasks.size < 2) return
  throw differentTasks(
    'Runs',
    [...tasks].map(([title, [first]]) => [first!.name, title]),
  )
}

/** @throws ExitlabError `conflict` as `refuseTasks`. */
function refuseOtherTask(own: readonly EvaluationSummary[], imports: readonly ImportedResult[]): void {
  const tasks = new Map([
    ...own.map((run) => [run.task, run.series] as const),
    ...imports.map(({ content, name }) => [content.task, name] as const),
  ])
  if (tasks.size < 2) return
  throw differentTasks(
    'Results',
    [...tasks].map(([task, name]) => [name, taskInfoOf({ task }).title]),
  )
}

function differentTasks(what: 'Runs' | 'Results', learners: readonly [name: string, title: string][]): ExitlabError {
  const examples = learners.map(([name, title]) => `${name} is a ${title.toLowerCase()}`).join(', ')
  return new ExitlabError(
    'conflict',
    `${what} of different tasks cannot be compared, as their metrics have no common scale: ${examples}. Name ${what.toLowerCase()} of one task.`,
  )
}

function onlyMacs({ nouns }: MeasuredCost): ExitlabError {
  return new ExitlabError('conflict', `Imported results have no ${nouns}. Compare them by multiply-adds.`)
}

function onlyTraining(imports: readonly ImportedResult[]): ExitlabError {
  return new ExitlabError(
    'conflict',
    `${withoutCostsSentence(withoutCosts(imports))} Import them again with their costs to compare them.`,
  )
}

function withoutSamples(): ExitlabError {
  return new ExitlabError(
    'conflict',
    'Imported results have no outputs of single samples, which this needs. They are in the tables of budgets and exits, and in the figure of the metric against cost.',
  )
}

/** All of them at once, with the one command that mends them. */
function allDamaged(damaged: readonly { run: RunRow; error: ExitlabError }[]): ExitlabError {
  if (damaged.length === 1) return damaged[0]!.error
  const list = damaged.map(({ run }) => `  ${run.id}  ${run.name}`).join('\n')
  return new ExitlabError(
    'checkpoint-damaged',
    `The evaluations of ${damaged.length} runs are missing or damaged:\n${list}\n` +
      'Retry these runs: they are evaluated again, with the same results.',
    retrying(damaged.map(({ run }) => run.id)),
  )
}

function nothingToCompare(named: readonly RunRow[]): ExitlabError {
  if (named.length === 0) {
    return new ExitlabError('conflict', 'There is nothing to compare: this workspace has no finished run.')
  }
  const states = named.map(({ name, status }) => `${name} is ${status}`).join(', ')
  return new ExitlabError('conflict', `There is nothing to compare: only finished runs can be compared, but ${states}.`)
}

import { analyses } from '../../../readings/analyses/index.ts'
import type { Choice, Found, TableForm } from '../../../readings/analyses/analysis.ts'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { AnalysisQuery } from '../../../contract/exports.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Figure } from '../../../figures/figure.ts'
import type { Table } from '../../../shared/tables/table.ts'
import type { AnalysedRun } from '../../../shared/evaluation/analysis.ts'
import { outlineOf } from '../../../engine/networks/families.ts'
import { analysedRun } from '../analyses/analysed-run.ts'
import { analysisResult } from '../analyses/result.ts'
import { experimentLabels } from '../runs/experiment-labels.ts'
import type { ExportServices } from './services.ts'
import type { Store } from '../../store/open.ts'

/** A figure of analyses of one kind, made with one setting. @throws ExitlabError as `analysisResult` does. */
export async function analysisFigure(services: ExportServices, query: AnalysisQuery): Promise<Figure> {
  const { kind, found } = await foundAnalyses(services, query)
  return analyses.get(kind).figure(found, choiceOf(query))
}

/** A table of analyses of one kind, made with one setting. @throws ExitlabError as `analysisResult` does. */
export async function analysisTable(services: ExportServices, query: AnalysisQuery, form: TableForm): Promise<Table> {
  const { kind, found } = await foundAnalyses(services, query)
  return analyses.get(kind).table(found, choiceOf(query), form)
}

function choiceOf({ name, analyses: _, experiment: __, partial: ___, ...options }: AnalysisQuery): Choice {
  return { name, options }
}

async function foundAnalyses(services: ExportServices, query: AnalysisQuery) {
  const ids = [...new Set(query.analyses)]
  const results = await Promise.all(ids.map((id) => analysisResult(services, id, query)))
  const [kind, ...otherKinds] = new Set(results.map(({ summary }) => summary.kind))
  if (otherKinds.length > 0) throw unlike('different analyses')
  if (new Set(results.map(({ summary }) => canonicalJson(summary.parameters))).size > 1)
    throw unlike('computed with different parameters')
  const asked = query.experiment === undefined ? null : oneExperiment(services, query.experiment)
  const { store } = services
  const runs = results.map(({ summary }) =>
    summary.runs.map((run) => (asked === null ? run : runOf(services, asked, run))),
  )
  const rows = runs.flat().map(({ id }) => store.runs.get(id)!)
  const labels = experimentLabels(store, rows)
  const answers = results.map(({ result, whole }, index) => ({
    runs: runs[index]!.map((run) => foundRun(store, run, labels)),
    result,
    whole,
  }))
  const experiments = asked === null ? rows.map(({ experimentId }) => experimentId) : [asked]
  const found: Found<unknown, unknown> = {
    parameters: results[0]!.summary.parameters,
    answers,
    subjects: [...new Set(experiments.map((id) => store.experiments.nameOf(id)))],
  }
  return { kind: kind!, found }
}

function foundRun(store: Store, run: AnalysedRun, experiments: ReadonlyMap<string, string>) {
  const { experimentId, seriesId } = store.runs.get(run.id)!
  const { network } = store.series.get(seriesId)
  const last = store.phases.chain(run.id).at(-1)!
  return {
    ...run,
    experiment: experiments.get(experimentId)!,
    testOpenedAt: store.experiments.testOpenedAt(experimentId) ?? undefined,
    network,
    outline: outlineOf(network),
    phase: last.definition.phase.name,
    keptEpoch: last.keptEpoch,
  }
}

/** The run of an experiment that has the weights of an analysed one, which may be of another experiment. */
function runOf({ store }: ExportServices, experimentId: string, analysed: AnalysedRun): AnalysedRun {
  const { chain } = store.phases
  const phase = chain(analysed.id).at(-1)!.id
  const own = store.runs.ofExperiment(experimentId).filter(({ id }) => chain(id).at(-1)?.id === phase)
  return own.length === 0 || own.some(({ id }) => id === analysed.id) ? analysed : analysedRun(store, own[0]!)
}

function oneExperiment({ store }: ExportServices, experiment: string): string {
  const [id] = store.experiments.find(experiment)
  if (id !== undefined) return id
  throw new ExitlabError('not-found', `There is no experiment ${experiment} in this workspace.`)
}

function unlike(how: string): ExitlabError {
  return new ExitlabError('usage', `These analyses cannot be compared: they are ${how}.`)
}

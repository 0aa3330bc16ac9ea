import { analyses } from '../../../analyses/index.ts'
import type { Choice, Found, TableForm } from '../../../analyses/analysis.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { AnalysisQuery } from '../../../contract/exports.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { Figure } from '../../../figures/figure.ts'
import type { Table } from '../../../shared/table.ts'
import type { AnalysisSummary } from '../../../shared/analysis.ts'
import { outlineOf } from '../../engine/networks/families.ts'
import { analysisResult } from '../analyses/result.ts'
import type { HostServices } from '../services.ts'

/** A figure of analyses of one kind, made with one setting. @throws ExitlabError as `analysisResult` does. */
export async function analysisFigure(services: HostServices, query: AnalysisQuery): Promise<Figure> {
  const { kind, found } = await foundAnalyses(services, query)
  return analyses.get(kind).figure(found, choiceOf(query))
}

/** A table of analyses of one kind, made with one setting. @throws ExitlabError as `analysisResult` does. */
export async function analysisTable(services: HostServices, query: AnalysisQuery, form: TableForm): Promise<Table> {
  const { kind, found } = await foundAnalyses(services, query)
  return analyses.get(kind).table(found, choiceOf(query), form)
}

function choiceOf({ name, analyses: _, experiment: __, partial: ___, ...options }: AnalysisQuery): Choice {
  return { name, options }
}

async function foundAnalyses(services: HostServices, query: AnalysisQuery) {
  const ids = [...new Set(query.analyses)]
  const results = await Promise.all(ids.map((id) => analysisResult(services, id, query)))
  const [kind, ...otherKinds] = new Set(results.map(({ summary }) => summary.kind))
  if (otherKinds.length > 0) throw unlike('different analyses')
  if (new Set(results.map(({ summary }) => canonicalJson(summary.parameters))).size > 1)
    throw unlike('computed with different parameters')
  const answers = results.map(({ summary, result, whole }) => ({
    runs: summary.runs.map((run) => foundRun(services, run)),
    result,
    whole,
  }))
  const experiments = answers.flatMap(({ runs }) => runs.map(({ experiment }) => experiment))
  const subjects = query.experiment === undefined ? experiments : [nameOf(services, query.experiment)]
  const found: Found<unknown, unknown> = {
    parameters: results[0]!.summary.parameters,
    answers,
    subjects: [...new Set(subjects)],
  }
  return { kind: kind!, found }
}

function foundRun({ store }: HostServices, run: AnalysisSummary['runs'][number]) {
  const { experimentId, seriesId } = store.runs.get(run.id)!
  const { network } = store.series.get(seriesId)
  const last = store.phases.chain(run.id).at(-1)!
  return {
    ...run,
    experiment: store.experiments.nameOf(experimentId),
    testOpenedAt: store.experiments.testOpenedAt(experimentId) ?? undefined,
    network,
    outline: outlineOf(network),
    phase: last.definition.phase.name,
    keptEpoch: last.keptEpoch,
  }
}

function nameOf({ store }: HostServices, experiment: string): string {
  const [id] = store.experiments.find(experiment)
  if (id !== undefined) return store.experiments.nameOf(id)
  throw new ExitlabError('not-found', `There is no experiment ${experiment} in this workspace.`)
}

function unlike(how: string): ExitlabError {
  return new ExitlabError('usage', `These analyses cannot be compared: they are ${how}.`)
}

import type { AnalysisParameters, AnalysisResult } from '../../../analyses/index.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { outlineOf } from '../../engine/networks/families.ts'
import type { NetworkOutline, NetworkSpec } from '../../../shared/network.ts'
import { plainText } from '../../../shared/plain-text.ts'
import { informationReading, rankReading } from '../../../analyses/readings.ts'
import { regimeResults } from '../../../analyses/regime-results.ts'
import type { RegimeResults, RunResult } from '../../../analyses/regime-results.ts'
import { oneAnalysis } from './references.ts'
import { analysisResult } from './result.ts'
import type { AnalysisSources } from './progress-recorder.ts'

export const representationKinds = ['numerical-rank', 'mutual-information'] as const
export type RepresentationKind = (typeof representationKinds)[number]

/** Which analyses are drawn, and what they are said to be of. */
export interface RepresentationQuery {
  /** Ids. */
  analyses: string[]
  /** Default: the experiments of their runs. */
  experiment?: string | undefined
}

/** The analyses of one kind: their regimes, and what they were made of and how. */
export interface Representations<Kind extends RepresentationKind> {
  regimes: RegimeResults<AnalysisResult<Kind>>[]
  parameters: AnalysisParameters<Kind>
  /** Names of experiments. */
  subjects: string[]
  network: NetworkSpec
  /** How it was counted or estimated, part by part. */
  reading: string[]
  /** What a figure of it needs besides: the network's blocks and exits, and the note under it. */
  surroundings: { blockCount: number; exits: number[]; note: string }
}

/** The analyses of a query that are of a kind. */
export function analysesOfKind(
  { store }: AnalysisSources,
  { analyses }: RepresentationQuery,
  kind: RepresentationKind,
) {
  return analyses.filter((each) => oneAnalysis(store, each).kind === kind)
}

/**
 * Analyses of one kind with one setting, of runs of one network, each of another regime or seed. @throws ExitlabError `usage`
 * where they are something else, and as `analysisResult` does.
 */
export async function representations<Kind extends RepresentationKind>(
  services: AnalysisSources,
  query: RepresentationQuery,
  kind: Kind,
): Promise<Representations<Kind>> {
  const answers = await Promise.all(query.analyses.map((each) => analysisResult(services, each, kind)))
  const results = answers.map(({ summary, result }): RunResult<AnalysisResult<Kind>> => {
    const { regime, seed } = summary.runs[0]!
    return { regime, seed, result, whole: true }
  })
  const networks = answers.map(({ summary }) => experimentOf(services, summary.runs[0]!.id).network)
  checkAlike(
    answers.map(({ summary }) => summary.parameters),
    'settings',
  )
  checkAlike(networks, 'networks')
  checkDistinct(results)
  const subjects = subjectsOf(
    services,
    query,
    answers.map(({ summary }) => summary.runs[0]!.id),
  )
  const [network, regimes] = [networks[0]!, regimeResults(results)]
  const parameters = answers[0]!.summary.parameters as AnalysisParameters<Kind>
  const outline = outlineOf(network)
  const reading = readingOf(kind, { outline, parameters, result: answers[0]!.result })
  const note = [subjects.map((each) => plainText(each, 60)).join(', '), ...reading].join(' · ')
  const surroundings = { ...outline, note }
  return { regimes, parameters, subjects, network, reading, surroundings }
}

function readingOf(
  kind: RepresentationKind,
  { outline, parameters, result }: { outline: NetworkOutline; parameters: unknown; result: unknown },
): string[] {
  if (kind === 'mutual-information') {
    return informationReading(outline, parameters as AnalysisParameters<'mutual-information'>)
  }
  const { samples } = result as AnalysisResult<'numerical-rank'>
  return rankReading(outline, parameters as AnalysisParameters<'numerical-rank'>, samples)
}

function experimentOf({ store }: AnalysisSources, run: string) {
  return store.experiments.get(store.runs.get(run)!.experimentId)!
}

function subjectsOf(services: AnalysisSources, { experiment }: RepresentationQuery, runs: readonly string[]): string[] {
  if (experiment === undefined) return [...new Set(runs.map((run) => experimentOf(services, run).name))]
  const [id] = services.store.experiments.find(experiment)
  if (id === undefined) throw new ExitlabError('not-found', `There is no experiment ${experiment} in this workspace.`)
  return [services.store.experiments.nameOf(id)]
}

function checkAlike(values: readonly unknown[], what: 'settings' | 'networks'): void {
  if (new Set(values.map((value) => canonicalJson(value))).size === 1) return
  throw new ExitlabError(
    'usage',
    `These analyses were made with different ${what}: expected the same for all, so that a difference between lines is one between regimes.`,
  )
}

function checkDistinct(results: readonly RunResult<unknown>[]): void {
  const seen = new Set<string>()
  for (const { regime, seed } of results) {
    const name = `${regime}, seed ${seed}`
    if (seen.has(name)) {
      throw new ExitlabError('usage', `Two of these analyses are of ${name}: expected one of each regime and seed.`)
    }
    seen.add(name)
  }
}

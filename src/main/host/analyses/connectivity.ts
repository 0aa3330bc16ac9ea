import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { RunPair } from '../../../analyses/mode-connectivity/pairs.ts'
import { runPairs } from '../../../analyses/mode-connectivity/pairs.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { analysisResult } from './result.ts'
import type { AnalysisSources } from './progress-recorder.ts'

export interface Connectivity {
  /** At least one. */
  pairs: RunPair[]
  /** Names of experiments. */
  subjects: string[]
}

/**
 * Analyses of mode connectivity with one setting, of networks with as many exits. @throws ExitlabError `usage` where they are
 * something else, and as `analysisResult` does.
 */
export async function connectivity(services: AnalysisSources, analyses: readonly string[]): Promise<Connectivity> {
  const answers = await Promise.all(
    [...new Set(analyses)].map((each) => analysisResult(services, each, 'mode-connectivity')),
  )
  const settings = answers.map(({ summary, result }) =>
    canonicalJson({ parameters: summary.parameters, exits: result.naive.test.barriers.length }),
  )
  if (new Set(settings).size > 1) {
    throw new ExitlabError(
      'usage',
      'These analyses were made with different settings, or of networks with different exits: expected the same for all, so that barriers can be compared.',
    )
  }
  const { store } = services
  const runs = answers.flatMap(({ summary }) => summary.runs.map(({ id }) => id))
  return {
    pairs: runPairs(answers.map(({ summary, result }) => ({ runs: summary.runs, result }))),
    subjects: [...new Set(runs.map((run) => store.experiments.nameOf(store.runs.get(run)!.experimentId)))],
  }
}

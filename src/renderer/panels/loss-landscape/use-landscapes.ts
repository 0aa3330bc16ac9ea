import type { LossLandscape } from '../../../readings/analyses/loss-landscape/schema.ts'
import { computed, type ComputedRef } from 'vue'
import { toldApart, type RunLandscape } from '../../../readings/analyses/loss-landscape/figure/arrangement.ts'
import { coefficientsOf } from '../../../readings/analyses/loss-landscape/coefficients.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { distinctLabels } from '../../../shared/runs/short-ids.ts'
import { useAnalysisResults } from '../../composables/analyses/use-analysis-results.ts'
import type { AnalysisResults } from '../../composables/analyses/use-analysis-results.ts'
import { useChangedParameters } from '../../composables/analyses/use-changed-parameters.ts'

export interface Landscapes {
  results: AnalysisResults<LossLandscape>
  changed: ReturnType<typeof useChangedParameters<LossLandscape>>
  /** One for each run, in order, with or without a result. */
  runs: ComputedRef<RunLandscape[]>
}

/** The landscapes of runs, live while they are being computed. */
export function useLandscapes(chosen: () => readonly RunSummary[]): Landscapes {
  const changed = useChangedParameters<LossLandscape>('loss-landscape')
  const results = useAnalysisResults<LossLandscape>(() => {
    const runs = chosen().map(({ id }) => id)
    return runs.length === 0 ? null : { kind: 'loss-landscape', runs, parameters: changed.value }
  })
  const byRun = computed(() => new Map(results.answers.value.map((answer) => [answer.runs[0]!.id, answer])))
  const unknown = computed(() => coefficientsOf(results.parameters.value ?? { points: 3, reach: 1 }))
  const runs = computed(() =>
    toldApart(withLabels(chosen())).map(({ id, regime, series, look, seed, scores }): RunLandscape => {
      const { result = null, whole = false } = byRun.value.get(id) ?? {}
      const exitCount = result?.surfaces[0]?.length ?? scores?.validation.length ?? 0
      const coefficients = result?.coefficients ?? unknown.value
      return { regime, series, look, seed, exitCount, coefficients, draws: result?.surfaces ?? [], whole }
    }),
  )
  return { results, changed, runs }
}

/** Runs whose experiments are called as in comparisons: one that shares its name with another has its id behind it. */
function withLabels(runs: readonly RunSummary[]): RunSummary[] {
  const labels = distinctLabels(new Map(runs.map(({ experimentId, experiment }) => [experimentId, experiment])))
  return runs.map((run) => ({ ...run, experiment: labels.get(run.experimentId)! }))
}

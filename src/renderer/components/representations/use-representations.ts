import type { MutualInformation } from '../../../readings/analyses/mutual-information/schema.ts'
import type { NumericalRank } from '../../../readings/analyses/numerical-rank/schema.ts'
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import type { NetworkOutline } from '../../../shared/network/network.ts'
import { areComparable, seriesResults, type SeriesResults } from '../../../readings/analyses/series-results.ts'
import { useAnalysisResults } from '../../composables/analyses/use-analysis-results.ts'
import type { AnalysisState, AnalysisResults } from '../../composables/analyses/use-analysis-results.ts'
import { useAnalysisScope, type AnalysisScope } from '../../composables/analyses/use-analysis-scope.ts'
import { useChangedParameters } from '../../composables/analyses/use-changed-parameters.ts'
import { steady } from '../../composables/steady.ts'
import { useRequest } from '../../composables/use-request.ts'
import { useHost } from '../../api/host.ts'

type RepresentationKind = NumericalRank | MutualInformation

/** Numerical rank or mutual information. */
export interface RepresentationAnalysis<Kind extends RepresentationKind> extends AnalysisResults<Kind> {
  changed: WritableComputedRef<Partial<Kind['parameters']>>
  regimes: ComputedRef<SeriesResults<Kind['result']>[]>
  /** Those that are done; undefined while none is. */
  exported: ComputedRef<Exported | undefined>
}

/** What an export of them names. Without `experiment`, it is said to be of the experiments of the runs. */
type Exported = { analyses: string[]; experiment?: string }

export interface Representations {
  scope: AnalysisScope
  /** Experiments of the runs; several cannot be drawn in one figure. */
  experimentCount: ComputedRef<number>
  /** Whether their networks can be compared block by block. */
  comparable: ComputedRef<boolean>
  /** Where exits sit; null before it is known. */
  network: ComputedRef<NetworkOutline | null>
  networkError: ComputedRef<string | null>
  rank: RepresentationAnalysis<NumericalRank>
  information: RepresentationAnalysis<MutualInformation>
}

/** Numerical rank and mutual information of the blocks of the runs that the address names. */
export function useRepresentations(): Representations {
  const { client } = useHost()
  const scope = useAnalysisScope({ seed: 'all' })
  const experimentCount = computed(() => new Set(scope.chosen.value.map(({ experimentId }) => experimentId)).size)
  const runs = computed(() => (experimentCount.value === 1 ? scope.chosen.value.map(({ id }) => id) : []))
  /** A run of each series. */
  const firsts = steady(() => {
    const bySeries = new Map(scope.chosen.value.toReversed().map(({ series, id }) => [series, id]))
    return runs.value.length === 0 ? [] : [...bySeries.values()].toReversed()
  })
  const details = useRequest((signal) =>
    firsts.value.length === 0 ? null : Promise.all(firsts.value.map((run) => client.runs.show({ run }, { signal }))),
  )
  const network = computed(() => details.data.value?.[0]?.outline ?? null)
  const comparable = computed(() => details.data.value === null || areComparable(details.data.value))
  const chosen = { runs: () => runs.value, experiment: () => (scope.byHand.value ? null : scope.experiment.value) }
  return {
    scope,
    experimentCount,
    comparable,
    network,
    networkError: computed(() => details.error.value),
    rank: useRepresentation<NumericalRank>('numerical-rank', { prefix: 'rank.', ...chosen }),
    information: useRepresentation<MutualInformation>('mutual-information', { prefix: 'information.', ...chosen }),
  }
}

function useRepresentation<Kind extends RepresentationKind>(
  kind: string,
  { prefix, runs, experiment }: { prefix: string; runs: () => string[]; experiment: () => string | null },
): RepresentationAnalysis<Kind> {
  const changed = useChangedParameters<Kind>(kind, prefix)
  const found = useAnalysisResults<Kind>(() =>
    runs().length > 0 ? { kind, runs: runs(), parameters: changed.value } : null,
  )
  return {
    ...found,
    changed,
    regimes: computed(() => seriesResults(found.answers.value.flatMap(runResult))),
    exported: computed(() => {
      const analyses = found.answers.value.flatMap(({ analysis, whole }) => (analysis && whole ? [analysis.id] : []))
      const of = experiment()
      return analyses.length === 0 ? undefined : { analyses, ...(of !== null && { experiment: of }) }
    }),
  }
}

function runResult<Kind extends RepresentationKind>({ runs, result, whole }: AnalysisState<Kind>) {
  const { regime, series, seed } = runs[0]!
  return result === null ? [] : [{ regime, series, seed, result, whole }]
}

import { computed, type ComputedRef, type Ref } from 'vue'
import type { AnalysedRun, AnalysisSummary, AnalysisTypes } from '../../../shared/evaluation/analysis.ts'
import { useAnalysesStore } from '../../stores/analyses.ts'
import { steady } from '../steady.ts'
import { useAction } from '../use-action.ts'
import { useRequest } from '../use-request.ts'
import { useHost } from '../../api/host.ts'
import { useResultsById } from './use-results-by-id.ts'

/** Asks for an analysis of each run, or of each pair of the runs. */
export interface ResultsQuestion<Kind extends AnalysisTypes> {
  kind: string
  runs: string[]
  parameters: Partial<Kind['parameters']>
}

export interface AnalysisState<Kind extends AnalysisTypes> {
  runs: AnalysedRun[]
  /** null: never requested. */
  analysis: AnalysisSummary | null
  /** Result, complete or partial; null: none. */
  result: Kind['result'] | null
  whole: boolean
}

export interface AnalysisResults<Kind extends AnalysisTypes> {
  /** With their defaults. */
  parameters: Ref<Kind['parameters'] | null>
  /** One for each run or pair of the question, in order; of several questions one after the other. */
  answers: ComputedRef<AnalysisState<Kind>[]>
  loading: Ref<boolean>
  error: ComputedRef<string | null>
  /** Computes missing analyses and resumes paused or failed ones. */
  compute(): Promise<void>
  /** While the request is pending. */
  asking: Ref<boolean>
}

/** Live results of one or several analyses with the same parameters. Nothing is computed before `compute` is called. */
export function useAnalysisResults<Kind extends AnalysisTypes>(
  question: () => ResultsQuestion<Kind> | readonly ResultsQuestion<Kind>[] | null,
): AnalysisResults<Kind> {
  const { client } = useHost()
  const store = useAnalysesStore()
  const { run, busy: asking } = useAction()
  const questions = steady(() => [question() ?? []].flat() as ResultsQuestion<Kind>[])
  /** Which analyses there are: another one may be an answer. */
  const known = computed(() => [...store.analyses.keys()].sort().join())

  const found = useRequest((signal) => {
    void known.value
    if (questions.value.length === 0) return null
    return Promise.all(questions.value.map((each) => client.analyses.find(each, { signal })))
  })
  // Keep the previous answers until the new ones arrive; each carries its own run ids.
  const current = computed(() => (questions.value.length > 0 && found.data.value) || [])
  const matched = computed(() =>
    current.value.flatMap(({ answers }) =>
      answers.map(({ runs, analysis }) => ({
        runs,
        analysis: analysis && (store.analyses.get(analysis.id) ?? analysis),
      })),
    ),
  )
  const shown = useResultsById(() => matched.value.flatMap(({ analysis }) => analysis ?? []))

  const answers = computed(() =>
    matched.value.map(({ runs, analysis }): AnalysisState<Kind> => {
      const read = analysis === null ? undefined : shown.results.value.get(analysis.id)
      return {
        runs,
        analysis,
        result: (read?.result ?? null) as Kind['result'] | null,
        whole: read?.whole ?? false,
      }
    }),
  )
  async function compute(): Promise<void> {
    await run('The analysis could not be started', async () => {
      for (const each of questions.value) await store.ask(each)
    })
  }
  return {
    parameters: computed(() => (current.value[0]?.parameters ?? null) as Kind['parameters'] | null),
    answers,
    loading: found.loading,
    error: computed(() => found.error.value ?? shown.error.value),
    compute,
    asking,
  }
}

import type {
  ModeConnectivity,
  ModeConnectivityParameters,
} from '../../../readings/analyses/mode-connectivity/schema.ts'
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import type { AnalysedRun, AnalysisStatus } from '../../../shared/evaluation/analysis.ts'
import {
  pairKey,
  runPairs,
  splitsOf,
  type PathSplit,
  type RunPair,
} from '../../../readings/analyses/mode-connectivity/pairs.ts'
import { useAnalysesStore } from '../../stores/analyses.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useAnalysisResults } from '../../composables/analyses/use-analysis-results.ts'
import type { AnalysisResults } from '../../composables/analyses/use-analysis-results.ts'
import { useAnalysisScope, type AnalysisScope } from '../../composables/analyses/use-analysis-scope.ts'
import { useChangedParameters } from '../../composables/analyses/use-changed-parameters.ts'
import { commonPhases, connectivityQuestions, defaultRegimes } from './connectivity-questions.ts'
import { useConnectivityChoice, type ConnectivityChoice } from './use-connectivity-choice.ts'

/** A pair that has something to show. */
interface ShownPair {
  pair: RunPair
  /** Common phases of its runs. */
  hint: string
  /** Ids of its analyses; null while one of them is not done. */
  analyses: string[] | null
}

/** A pair of series or of runs that has nothing to show yet. */
interface WaitingPair {
  key: string
  title: string
  state: string
}

export interface Connectivity {
  scope: AnalysisScope
  choice: ConnectivityChoice
  changed: WritableComputedRef<Partial<ModeConnectivityParameters>>
  results: AnalysisResults<ModeConnectivity>
  pairs: ComputedRef<ShownPair[]>
  /** Ids of the analyses of all pairs; null while one of them is not done. */
  analyses: ComputedRef<string[] | null>
  /** Whose losses there are: those on test samples may be closed. */
  splits: ComputedRef<PathSplit[]>
  waiting: ComputedRef<WaitingPair[]>
  /** Deletes the result and computes it again. */
  again(): Promise<void>
}

/** The connectivity of the runs in the address, with the choices in it. */
export function useConnectivity(): Connectivity {
  const scope = useAnalysisScope({ regimes: defaultRegimes })
  const changed = useChangedParameters<ModeConnectivity>('mode-connectivity')
  const store = useAnalysesStore()
  const results = useAnalysisResults<ModeConnectivity>(() =>
    connectivityQuestions(scope.chosen.value, { byHand: scope.byHand.value, parameters: changed.value }),
  )
  const pairs = useShownPairs(results)
  const analyses = computed(() => {
    const ids = pairs.value.map((each) => each.analyses)
    return ids.length > 0 && ids.every((each) => each !== null) ? ids.flat() : null
  })
  const splits = computed(() => splitsOf(pairs.value.map(({ pair }) => pair)))
  const choice = useConnectivityChoice(splits)
  async function again(): Promise<void> {
    await store.remove(results.answers.value.flatMap(({ analysis }) => analysis?.id ?? []))
    await results.compute()
  }
  return { scope, choice, changed, results, pairs, analyses, splits, waiting: useWaitingPairs(results), again }
}

function useShownPairs({ answers }: AnalysisResults<ModeConnectivity>): ComputedRef<ShownPair[]> {
  const runs = useRunsStore()
  return computed(() => {
    const measured = answers.value.flatMap(({ runs: ends, result }) => (result ? [{ runs: ends, result }] : []))
    return runPairs(measured).map((pair) => {
      const own = answers.value.filter((answer) => pair.members.some(({ result }) => result === answer.result))
      const [first, second] = pair.members[0]!.runs.map(({ id }) => runs.runs.get(id))
      return {
        pair,
        hint: first && second ? commonPhases(first, second) : '',
        analyses: own.every(({ whole }) => whole) ? own.map(({ analysis }) => analysis!.id) : null,
      }
    })
  })
}

const states: Record<AnalysisStatus, string> = {
  queued: 'Queued',
  running: 'Computing the first points',
  paused: 'Paused before the first points',
  done: 'Loading',
  failed: 'Failed',
}

/** Once for each two series of which no seed has something to show. */
function useWaitingPairs({ answers }: AnalysisResults<ModeConnectivity>): ComputedRef<WaitingPair[]> {
  return computed(() => {
    const keyOf = ({ runs }: { runs: readonly AnalysedRun[] }) => pairKey(runs)
    const measured = new Set(answers.value.flatMap((answer) => (answer.result ? [keyOf(answer)] : [])))
    const others = answers.value.filter((answer) => !measured.has(keyOf(answer)))
    return [...Map.groupBy(others, keyOf)].map(([key, [answer]]) => ({
      key,
      title: answer!.runs.map(({ series }) => series).join(' – '),
      state: answer!.analysis === null ? 'Not computed yet' : states[answer!.analysis.status],
    }))
  })
}

import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { Comparison } from '../../../shared/evaluation.ts'
import type { ExitTables } from '../../../shared/exit-table.ts'
import type { CostCurveData } from '../../../shared/figures/cost-curve-data.ts'
import type { OptimismData } from '../../../shared/figures/optimism-data.ts'
import type { PublishedTables } from '../../../shared/published.ts'
import type { RegimeDifferences } from '../../../shared/regime-differences.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useAnswer } from '../use-answer.ts'
import type { Answer } from '../use-answer.ts'
import { useClient } from '../use-client.ts'
import type { CompareChoice } from './choice.ts'
import { comparedRuns, newestExperiment } from './compared-runs.ts'
import type { ComparedRuns } from './compared-runs.ts'

export interface ComparisonAnswers {
  /** What is compared: the address's runs, else the newest experiment with a result. */
  references: ComputedRef<readonly string[]>
  runs: ComputedRef<ComparedRuns>
  /** What exports and questions ask about: every compared run that is done. */
  query: ComputedRef<ComparisonQuery | null>
  table: Answer<Comparison>
  curves: Answer<CostCurveData>
  differences: Answer<RegimeDifferences>
  optimism: Answer<OptimismData>
  exits: Answer<ExitTables>
  published: Answer<PublishedTables>
}

export type ComparisonQuery = ReturnType<typeof queryOf>

/** Everything that the host says about a comparison. It is asked again when one of its runs is done. */
export function useComparison(choice: ComputedRef<CompareChoice>): ComparisonAnswers {
  const client = useClient()
  const store = useRunsStore()
  const references = computed(() => {
    const newest = choice.value.runs.length > 0 ? null : newestExperiment(store.list)
    return newest === null ? choice.value.runs : [newest]
  })
  const runs = computed(() => comparedRuns(references.value, store.list))
  // As text, so that nothing is asked again while the same runs are done.
  const text = computed(() => {
    const ids = runs.value.done.map(({ id }) => id)
    return ids.length === 0 ? null : JSON.stringify(queryOf(ids, choice.value))
  })
  const query = computed(() => (text.value === null ? null : (JSON.parse(text.value) as ComparisonQuery)))
  const answerTo = <T>(ask: (query: ComparisonQuery, options: { signal: AbortSignal }) => Promise<T>) =>
    useAnswer((signal) => query.value && ask(query.value, { signal }))
  const { compare, curves, differences, optimism, exits, published } = client.evaluations
  return {
    references,
    runs,
    query,
    table: answerTo(compare),
    curves: answerTo(curves),
    differences: answerTo(differences),
    optimism: answerTo(optimism),
    exits: answerTo(exits),
    published: answerTo(({ runs }, options) => published({ runs }, options)),
  }
}

function queryOf(runs: string[], { protocol, rule, reading, budgets }: CompareChoice) {
  return { runs, protocol, rule, reading, budgets: [...budgets] }
}

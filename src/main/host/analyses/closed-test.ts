import { analyses } from '../../../readings/analyses/index.ts'
import { closedCaveat, testLossesClosed } from '../../../readings/analyses/closed-test.ts'
import type { AnalysisRow } from '../../store/analyses.ts'
import type { Store } from '../../store/open.ts'

type AnalysisQuestion = Pick<AnalysisRow, 'kind' | 'parameters'>

/** A result, or null for none, without the test losses of sweeps whose test values are closed. @throws ExitlabError `conflict` if it has no others. */
export function closedTestHidden(
  store: Store,
  row: AnalysisQuestion & Pick<AnalysisRow, 'subjects'>,
  result: unknown,
): unknown {
  // On training samples there are no others.
  if (result === null || !isOfLosses(row.kind) || row.parameters['split'] === 'train') return result
  const runs = row.subjects.map(({ run }) => store.runs.get(run.id)!)
  if (closedAmong(store, runs).length === 0) return result
  refuseClosedTest(store, row, runs)
  const { caveats, ...left } = analyses.get(row.kind).withoutTest!(result)
  return { ...left, caveats: [...caveats, closedCaveat] }
}

/** @throws ExitlabError `conflict` for losses on test samples alone of runs of a sweep whose test values are closed. */
export function refuseClosedTest(
  store: Store,
  { kind, parameters }: AnalysisQuestion,
  runs: readonly { experimentId: string }[],
): void {
  const closed = isOfLosses(kind) && parameters['split'] === 'test' ? closedAmong(store, runs) : []
  if (closed.length > 0) throw testLossesClosed(closed)
}

const isOfLosses = (kind: string) => analyses.has(kind) && analyses.get(kind).withoutTest !== undefined

/** Names of the experiments of these runs that are sweeps whose test values are closed. */
function closedAmong({ experiments }: Store, runs: readonly { experimentId: string }[]): string[] {
  const closed = [...new Set(runs.map(({ experimentId }) => experimentId))].filter((id) => experiments.isTestClosed(id))
  return [...new Set(closed.map((id) => experiments.nameOf(id)))]
}

import { requireMethods } from '../../../contract/experiment/stored-methods.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'

/** Whether a phase has its best checkpoint. */
export const isTrained = ({ status, checkpoint }: Pick<PhaseRow, 'status' | 'checkpoint'>) =>
  status === 'done' && checkpoint !== null

/** @throws UnknownMethodError if this version does not have a method that a run needs next. */
export function requireNext(store: Store, run: RunRow): void {
  const chain = store.phases.chain(run.id)
  const open = chain.find((each) => !isTrained(each))
  if (open !== undefined) return requireMethods(open.definition, run)
  const { id, definition } = chain.at(-1)!
  if (store.evaluations.get(id) === null) requireMethods(toEvaluate(definition), run)
}

/** What counts of a phase that is trained. */
export const toEvaluate = ({ network, data, methods }: PhaseRow['definition']) => ({ network, data, methods })

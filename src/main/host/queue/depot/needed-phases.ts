import { parentOf } from '../../../../experiment/phase-definition.ts'
import type { Store } from '../../../store/open.ts'
import type { PhaseRow } from '../../../store/phases.ts'
import type { RunRow } from '../../../store/runs.ts'
import { isTrained } from '../tasks.ts'

/** A phase that runs wait for. */
export interface NeededPhase {
  phase: PhaseRow
  /** The first run that waits for it. */
  run: RunRow
  /** Whether its evaluation is needed too. */
  evaluate: boolean
}

/** Phases that the waiting runs need and the store does not have, by id, in the order of the queue. */
export function neededPhases(store: Store): Map<string, NeededPhase> {
  const needed = new Map<string, NeededPhase>()
  for (const run of [...store.runs.waiting()]) {
    for (const { phase, evaluate } of openPhases(store, run)) {
      const known = needed.get(phase.id) ?? { phase, run, evaluate }
      needed.set(phase.id, { ...known, evaluate: evaluate || known.evaluate })
    }
  }
  return needed
}

/** Whether a phase has what it starts from. */
export function canBegin(store: Store, { definition }: Pick<PhaseRow, 'definition'>): boolean {
  const parent = parentOf(definition)
  return parent === null || isTrained(store.phases.get(parent)!)
}

function openPhases(store: Store, run: RunRow): Omit<NeededPhase, 'run'>[] {
  const chain = store.phases.chain(run.id)
  return chain
    .map((phase, index) => ({
      phase,
      evaluate: index === chain.length - 1 && store.evaluations.get(phase.id) === null,
    }))
    .filter(({ phase, evaluate }) => evaluate || !isTrained(phase))
}

import { parentOf } from '../../../../contract/experiment/phase-definition.ts'
import { requireMethods } from '../../../../contract/experiment/stored-methods.ts'
import type { ExitlabError } from '../../../../shared/basics/error.ts'
import { UnknownMethodError } from '../../../../shared/methods/unknown-method.ts'
import { DamagedRowError } from '../../../store/json-columns.ts'
import type { Store } from '../../../store/open.ts'
import type { LackingPhase, PhaseRow } from '../../../store/phases.ts'
import type { RunRow } from '../../../store/runs.ts'
import { isTrained, toEvaluate } from '../trained-phases.ts'

/** A phase that runs wait for. */
export interface NeededPhase {
  phase: PhaseRow
  /** The first run that waits for it. */
  run: RunRow
  /** Whether its evaluation is needed too. */
  evaluate: boolean
}

interface Needs {
  /** Phases that the waiting runs need and the store does not have, by id, in the order of the queue. */
  phases: Map<string, NeededPhase>
  /** Runs that cannot be read, or need what this version does not have. */
  refused: { run: RunRow; error: ExitlabError }[]
}

type Known = Pick<ReadonlyMap<string, NeededPhase>, 'get'>

/** Thousands may wait. `known`: those that were read before; `most`: others are read until so many can begin. */
export function neededPhases(
  store: Store,
  { known = new Map(), most = Infinity }: { known?: Known; most?: number | undefined } = {},
): Needs {
  const phases = new Map<string, NeededPhase>()
  const refused: Needs['refused'] = []
  const first = new Set<string>()
  for (const [id, lacking] of Map.groupBy(store.phases.lacking(), ({ run }) => run)) {
    const isEnough = first.size >= most
    const chosen = isEnough ? lacking.filter(({ phase }) => phases.has(phase) || known.get(phase)) : lacking
    try {
      const needed = chosen.map((each) => phases.get(each.phase) ?? read(store, each, known))
      for (const [index, { phase, evaluate }] of chosen.entries())
        phases.set(phase, { ...needed[index]!, evaluate: evaluate || phases.get(phase)?.evaluate === true })
      first.add(lacking[0]!.phase)
    } catch (error) {
      if (!(error instanceof DamagedRowError || error instanceof UnknownMethodError)) throw error
      refused.push({ run: store.runs.get(id)!, error })
    }
  }
  return { phases, refused }
}

/** Whether a phase has what it starts from. */
export function canBegin(store: Store, { definition }: Pick<PhaseRow, 'definition'>): boolean {
  const parent = parentOf(definition)
  return parent === null || isTrained(store.phases.get(parent)!)
}

/** @throws DamagedRowError, UnknownMethodError */
function read(store: Store, { run: id, phase, isTrained }: LackingPhase, known: Known): Omit<NeededPhase, 'evaluate'> {
  const before = known.get(phase)
  if (before?.run.id === id) return before
  const run = store.runs.get(id)!
  const found = store.phases.chain(id).find((each) => each.id === phase)!
  requireMethods(isTrained ? toEvaluate(found.definition) : found.definition, run)
  return { phase: found, run }
}

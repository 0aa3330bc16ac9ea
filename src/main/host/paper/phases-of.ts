import type { Store } from '../../store/open.ts'
import type { PaperFileState } from './file-states.ts'
import { knownData, plannedPhases } from './planned-phases.ts'

export interface PaperPhase {
  id: string
  done: boolean
}

/** The distinct phases of each experiment file, by its name. */
export async function phasesOf(
  store: Store,
  states: readonly PaperFileState[],
): Promise<Map<string, readonly PaperPhase[]>> {
  const known = states.some(({ runs }) => runs.some(({ id }) => id === null)) ? knownData(store) : new Map()
  const phases = new Map<string, readonly PaperPhase[]>()
  for (const { file, experiment, runs } of states) {
    const isKnown = runs.every(({ id }) => id !== null)
    phases.set(
      file,
      isKnown
        ? ofRuns(
            store,
            runs.map(({ id }) => id!),
          )
        : (await plannedPhases(experiment.file, known)).map((id) => ({ id, done: isTrained(store, id) })),
    )
  }
  return phases
}

function ofRuns(store: Store, runs: readonly string[]): PaperPhase[] {
  const chains = store.summaries.of(runs).flatMap(({ phases }) => phases)
  return [...new Map(chains.map(({ id, status }) => [id, { id, done: status === 'done' }])).values()]
}

const isTrained = (store: Store, id: string) => store.phases.get(id)?.status === 'done'

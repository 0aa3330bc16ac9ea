import { damagedStoreRemedy } from '../../store/json-columns.ts'
import type { Store } from '../../store/open.ts'
import { phaseIdOf } from '../experiments/lineage.ts'
import { type Check, ok, type Outcome, problem } from './check.ts'

/** Whether the file is sound, its rows can be read, and each phase is the one that its id stands for. */
export const store: Check = {
  name: 'store',
  run({ store }) {
    const problems = store
      .integrityProblems()
      .map((text) => problem(`${store.workspace.database}: ${text}`, damagedStoreRemedy))
    if (problems.length > 0) return problems
    const damaged = store.damagedPlaces()
    if (damaged.length > 0) return damaged.map((text) => problem(text, damagedStoreRemedy))
    const altered = alteredPhases(store)
    return altered.length > 0 ? altered : [ok(`sound, ${store.summaries.all().length} runs`)]
  },
}

/** An id is the hash of everything that a phase's outcome follows from. */
function alteredPhases({ phases }: Store): Outcome[] {
  return phases
    .all()
    .filter(({ id, definition }) => phaseIdOf(definition) !== id)
    .map(({ id }) =>
      problem(
        `The store exitlab.db was altered: the identity of phase ${id} is not the one that its id is the hash of, ` +
          'so what it says of this training is not what was trained',
        damagedStoreRemedy,
      ),
    )
}

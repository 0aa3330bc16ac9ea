import type { Store } from '../../store/open.ts'
import type { PhaseWork } from './estimate.ts'
import { distinctPhases, type LineageRun, type UnseededPhase } from './lineage.ts'

/** How many phases of an experiment do the same with another seed. */
export interface PhaseTally {
  phase: UnseededPhase
  /** Distinct phases. */
  phases: number
  /** Phases of all runs, counted once for each run that has them. */
  unshared: number
  /** To be trained. */
  open: Work
  /** To be trained as well if runs did not share phases. */
  spared: Work
}

type Work = Omit<PhaseWork, 'phase'>

/** Counts the phases of runs, seed by seed. */
export function countPhases({ phases: stored }: Pick<Store, 'phases'>) {
  const tallies = new Map<UnseededPhase, PhaseTally>()
  const done: string[] = []

  function tallyOf(phase: UnseededPhase): PhaseTally {
    const none = () => ({ phases: 0, epochs: 0 })
    const tally = tallies.get(phase) ?? { phase, phases: 0, unshared: 0, open: none(), spared: none() }
    tallies.set(phase, tally)
    return tally
  }

  return {
    /** All runs of a seed. */
    add(runs: readonly LineageRun[]): void {
      const users = Map.groupBy(
        runs.flatMap(({ phases }) => phases),
        ({ id }) => id,
      )
      for (const { id, definition, unseeded } of distinctPhases(runs)) {
        const tally = tallyOf(unseeded)
        const count = users.get(id)!.length
        tally.phases++
        tally.unshared += count
        const known = stored.progress(id)
        if (known?.status === 'done') {
          done.push(id)
          continue
        }
        const epochs = definition.training.epochs - (known?.epochs ?? 0)
        for (const [work, times] of [
          [tally.open, 1],
          [tally.spared, count - 1],
        ] as const) {
          work.phases += times
          work.epochs += times * epochs
        }
      }
    },
    tallies: (): PhaseTally[] => [...tallies.values()],
    /** Ids of those that are trained. */
    done,
  }
}

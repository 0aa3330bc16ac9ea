import type { ExperimentFile } from '../../experiment/experiment.ts'
import type { PlannedPhase } from '../../engine/plan.ts'
import type { Store } from '../../store/open.ts'
import { lineageOf, type Lineage, type PlannedSeries } from './lineage.ts'

/** A lineage, and what is to be said of the rule by which its phases weigh exits by their costs. */
interface Counted {
  lineage: Lineage
  countingNote: string | null
}

/**
 * The lineage of an experiment. Where the workspace has phases of it that weigh exits by costs of rule 1 (method 6.1), all of it goes on
 * by that rule: phases are found again, and series never mix two rules.
 */
export function countedLineage(
  store: Pick<Store, 'phases'>,
  file: ExperimentFile,
  series: readonly PlannedSeries[],
): Counted {
  const lineage = lineageOf(file, series)
  if (!series.some(({ phases }) => phases.some(({ phase }) => phase.counting))) return { lineage, countingNote: null }
  const former = lineageOf(file, series.map((each) => ({ ...each, phases: each.phases.map(byRule1) }))) // prettier-ignore
  const isThere = former.seeds.some((seed) => {
    const present = lineage.runsOf(seed)
    return former
      .runsOf(seed)
      .some(({ phases }, run) =>
        phases.some(({ id }, place) => id !== present[run]!.phases[place]!.id && store.phases.progress(id) !== null),
      )
  })
  return isThere ? { lineage: former, countingNote: note } : { lineage, countingNote: null }
}

function byRule1({ phase: { counting: _, ...phase }, ...planned }: PlannedPhase): PlannedPhase {
  return { ...planned, phase }
}

const note =
  'Phases of this experiment were begun when costs of networks of files were counted by rule 1 (method 6.1), and weigh exits by them: ' +
  'they go on by that rule. Costs are shown by the present one.'

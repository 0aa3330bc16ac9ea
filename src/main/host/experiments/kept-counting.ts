import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import type { PlannedPhase } from '../../../engine/plan.ts'
import { lineageOf, type Lineage, type PlannedSeries } from './lineage.ts'

/** Whether a phase is known where the phases of an experiment are kept. */
type IsThere = (phaseId: string) => boolean

/** An experiment by the rule of counting that its phases follow where they weigh exits by their costs (method 6.1). */
export interface CountedLineage {
  lineage: Lineage
  /** Where that is rule 1, as phases of it are there; a sentence. */
  countingNote: string | null
}

/**
 * The lineage of an experiment. Where phases of it are there already that weigh exits by costs of rule 1, all of it goes on by that rule:
 * they are found again, and series never mix two rules.
 */
export function countedLineage(
  file: ExperimentFile,
  series: readonly PlannedSeries[],
  isThere: IsThere,
): CountedLineage {
  const lineage = lineageOf(file, series)
  const present = { lineage, countingNote: null }
  if (!series.some(({ phases }) => phases.some(({ phase }) => phase.counting))) return present
  const former = lineageOf(
    file,
    series.map(({ phases, ...each }) => ({ ...each, phases: phases.map(byRule1) })),
  )
  return hasPhasesOf(former, lineage, isThere) ? { lineage: former, countingNote: note } : present
}

function byRule1({ phase: { counting: _, ...phase }, ...planned }: PlannedPhase): PlannedPhase {
  return { ...planned, phase }
}

/** Whether any phase is there that differs from that in its place. */
function hasPhasesOf(former: Lineage, present: Lineage, isThere: IsThere): boolean {
  return former.seeds.some((seed) => {
    const now = present.runsOf(seed)
    return former
      .runsOf(seed)
      .some(({ phases }, run) => phases.some(({ id }, place) => id !== now[run]!.phases[place]!.id && isThere(id)))
  })
}

const note =
  'Phases of this experiment were begun when costs of networks of files were counted by rule 1 (method 6.1), and weigh exits by them: ' +
  'they go on by that rule. Costs are shown by the present one.'

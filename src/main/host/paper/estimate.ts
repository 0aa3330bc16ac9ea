import { ExitlabError } from '../../../shared/basics/error.ts'
import { sum } from '../../../shared/statistics/statistics.ts'
import { allPhases, type LineagePhase } from '../experiments/lineage.ts'
import { estimateWork } from '../experiments/estimate.ts'
import { checkpointBytes } from '../experiments/plan-experiment.ts'
import type { Store } from '../../store/open.ts'
import type { PaperServices } from './services.ts'
import type { PaperFileState } from './file-states.ts'

interface Estimated {
  /** Null where it cannot be planned. */
  seconds: number | null
  bytes: number | null
  problem: string | null
}

/** Time and disk that experiments need, by timed training steps. */
export interface PaperEstimate {
  /** Phases that several experiments share count once; null where an experiment could not be estimated. */
  seconds: number | null
  bytes: number | null
  /** By file. */
  experiments: ReadonlyMap<string, Estimated>
}

/** Each kind of phase is timed once; runs of all experiments are trained at once. */
export async function estimatePaper(
  services: PaperServices,
  states: readonly PaperFileState[],
): Promise<PaperEstimate> {
  const seconds = new Map<string, number>()
  const phases = new Map<string, LineagePhase>()
  const experiments = new Map<string, Estimated>()
  for (const state of states) {
    const estimated = await estimateOne(services, state, { seconds, phases })
    experiments.set(state.file, estimated)
  }
  const isWhole = [...experiments.values()].every((each) => each.seconds !== null)
  return {
    seconds: isWhole ? sum([...seconds.values()]) : null,
    bytes: isWhole && phases.size > 0 ? checkpointBytes(counted([...phases.values()])) : null,
    experiments,
  }
}

interface Known {
  /** Of open phases, by id. */
  seconds: Map<string, number>
  phases: Map<string, LineagePhase>
}

async function estimateOne(
  services: PaperServices,
  { experiment, problem, runs: described }: PaperFileState,
  known: Known,
): Promise<Estimated> {
  if (problem !== null) return { seconds: null, bytes: null, problem }
  const { resolveTrainable } = await import('../experiments/resolve-experiment.ts')
  try {
    const { lineage, variants, memory } = await resolveTrainable(services, experiment, services)
    const phases = allPhases(lineage)
    const open = openWork(services.store, phases)
    const unknown = open.filter(({ id }) => !known.seconds.has(id))
    const demand = { runs: described.length, memoryBytes: memory.total }
    const { seconds, atOnce } = await estimateWork(services, { variants, demand }, unknown)
    unknown.forEach(({ id }, index) => known.seconds.set(id, seconds[index]! / atOnce))
    phases.forEach((phase) => known.phases.set(phase.id, phase))
    const own = sum(open.map(({ id }) => known.seconds.get(id)!))
    return { seconds: own, bytes: checkpointBytes(counted(phases)), problem: null }
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    // What is trained stays so where its data are gone.
    const isDone = described.every(({ status }) => status === 'done')
    return { seconds: isDone ? 0 : null, bytes: null, problem: isDone ? null : error.message }
  }
}

/** Phases that are not trained. */
function openWork(store: Store, phases: readonly LineagePhase[]) {
  return phases.flatMap(({ id, definition, unseeded }) => {
    const progress = store.phases.progress(id)
    if (progress?.status === 'done') return []
    return [{ id, phase: unseeded, phases: 1, epochs: definition.training.epochs - (progress?.epochs ?? 0) }]
  })
}

const counted = (phases: readonly LineagePhase[]) => phases.map(({ unseeded }) => ({ phase: unseeded, phases: 1 }))

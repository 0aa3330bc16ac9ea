import { ExitlabError } from '../../../shared/error.ts'
import { distinctPhases, type LineagePhase } from '../experiments/lineage.ts'
import { checkpointBytes, estimatePhases, openPhases } from '../experiments/plan-experiment.ts'
import type { HostServices } from '../services.ts'
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

/** Each kind of phase is timed once. */
export async function estimatePaper(services: HostServices, states: readonly PaperFileState[]): Promise<PaperEstimate> {
  const seconds = new Map<string, number>()
  const phases = new Map<string, LineagePhase>()
  const experiments = new Map<string, Estimated>()
  for (const state of states) {
    const estimated = await estimateOne(services, state, { seconds, phases })
    experiments.set(state.file, estimated)
  }
  const isWhole = [...experiments.values()].every((each) => each.seconds !== null)
  return {
    seconds: isWhole ? sum(seconds.values()) : null,
    bytes: isWhole && phases.size > 0 ? checkpointBytes([...phases.values()]) : null,
    experiments,
  }
}

interface Known {
  /** Of open phases, by id. */
  seconds: Map<string, number>
  phases: Map<string, LineagePhase>
}

async function estimateOne(
  services: HostServices,
  { experiment, problem, runs }: PaperFileState,
  known: Known,
): Promise<Estimated> {
  if (problem !== null) return { seconds: null, bytes: null, problem }
  const { resolveExperiment } = await import('../experiments/resolve-experiment.ts')
  try {
    const { lineage, variants } = await resolveExperiment(services, experiment, services)
    const phases = distinctPhases(lineage)
    const open = openPhases(services.store, { lineage, phases })
    const unknown = open.filter(({ phase }) => !known.seconds.has(phase.id))
    const timed = await estimatePhases(services.trainers, variants, unknown)
    timed.forEach((value, id) => known.seconds.set(id, value))
    phases.forEach((phase) => known.phases.set(phase.id, phase))
    const own = sum(open.map(({ phase }) => known.seconds.get(phase.id)!))
    return { seconds: own, bytes: checkpointBytes(phases), problem: null }
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    // What is trained stays so where its data are gone.
    const isDone = runs.every(({ status }) => status === 'done')
    return { seconds: isDone ? 0 : null, bytes: null, problem: isDone ? null : error.message }
  }
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, each) => total + each, 0)
}

import type { Plan } from '../../../shared/contract/experiments.ts'
import type { Store } from '../../store/open.ts'
import { estimateSeconds, type OpenPhase } from './estimate.ts'
import { distinctPhases, type Lineage, type LineagePhase } from './lineage.ts'
import { caveatsOf } from './plan-caveats.ts'
import { sharedThreads } from '../runs/recorded-threads.ts'
import type { HostServices } from '../services.ts'
import type { ExperimentInput } from './resolve-experiment.ts'

/** What an experiment would train, at what cost and for how long. Changes nothing; data sets are as they were found lately. */
export async function planOf(
  services: HostServices,
  { calibrate, ...input }: ExperimentInput & { calibrate: boolean },
): Promise<Plan> {
  const { store, trainers, datasets } = services
  // Loads the reader of experiment files and the planning of networks, which looking at runs does without.
  const { resolveExperiment } = await import('./resolve-experiment.ts')
  const { lineage, plan, dataset, memory } = await resolveExperiment(services, input, datasets)
  const { training } = input.file
  const phases = distinctPhases(lineage)
  const open = openPhases(store, { lineage, phases, epochCap: training.epochs })
  const estimate = calibrate ? await estimateSeconds({ trainers, training, dataset, phases: open }) : null
  return {
    ...plan.costs,
    runs: lineage.runs.length,
    phases: phases.length,
    phasesUnshared: lineage.runs.reduce((sum, run) => sum + run.phases.length, 0),
    phasesDone: phases.length - open.length,
    matrix: lineage.runs.map(({ id, regime, seed }) => ({ regime, seed, status: store.runs.get(id)?.status ?? null })),
    estimatedSeconds: estimate?.estimatedSeconds ?? null,
    savedSeconds: estimate?.savedSeconds ?? null,
    checkpointBytes: checkpointBytes(phases),
    memoryBytes: memory.total,
    threads: sharedThreads(services.settings.current().parallel),
    caveats: caveatsOf({ file: input.file, dataset, phasesToTrain: open.length }),
  }
}

interface Planned {
  lineage: Lineage
  phases: readonly LineagePhase[]
  epochCap: number
}

function openPhases(store: Store, { lineage, phases, epochCap }: Planned): OpenPhase[] {
  const users = new Map<string, number>()
  for (const { id } of lineage.runs.flatMap((run) => run.phases)) users.set(id, (users.get(id) ?? 0) + 1)
  return phases.flatMap((phase) => {
    const known = store.phases.get(phase.id)
    if (known?.status === 'done') return []
    return [{ phase, epochsLeft: epochCap - (known?.epochs ?? 0), runs: users.get(phase.id)! }]
  })
}

const bytesOfFloat = 4
/** Of a phase that is being trained: the newest, the one before it, and the kept weights that either would hand on. */
const snapshots = 4

/** Bytes on the disk: the weights that all phases hand on, and at most the snapshots of one that is being trained. */
export function checkpointBytes(phases: readonly LineagePhase[]): number {
  const weights = phases.reduce((sum, { numbers }) => sum + numbers.model, 0)
  const running = Math.max(...phases.map(({ numbers }) => snapshots * (numbers.model + numbers.moments)))
  return bytesOfFloat * (weights + running)
}

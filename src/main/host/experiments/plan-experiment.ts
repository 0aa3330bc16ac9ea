import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { Plan } from '../../../shared/contract/experiments.ts'
import { withoutPath } from '../../../shared/identity/identity.ts'
import type { PhaseDefinition } from '../../../shared/phase.ts'
import type { Store } from '../../store/open.ts'
import { estimateSeconds, type OpenPhase } from './estimate.ts'
import { distinctPhases, type Lineage, type LineagePhase } from './lineage.ts'
import { caveatsOf } from './plan-caveats.ts'
import { slowBfloat16 } from '../machine/bfloat16.ts'
import { sharedThreads } from '../runs/recorded-threads.ts'
import type { HostServices } from '../services.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'
import type { ExperimentInput, Variant } from './resolve-experiment.ts'

/** Plan of an experiment: runs, phases, costs and time. Changes nothing; descriptions of data sets may be cached. */
export async function planOf(
  services: HostServices,
  { calibrate, ...input }: ExperimentInput & { calibrate: boolean },
): Promise<Plan> {
  const { store, trainers } = services
  // Loads the reader of experiment files and the planning of networks, which looking at runs does without.
  const { resolveExperiment } = await import('./resolve-experiment.ts')
  const { lineage, variants, memory } = await resolveExperiment(services, input, services)
  const phases = distinctPhases(lineage)
  const open = openPhases(store, { lineage, phases })
  const estimate = calibrate ? await estimateAll(trainers, variants, open) : null
  const about = { phasesToTrain: open.length, slowBfloat16: await slowBfloat16(services) }
  const caveats = variants.flatMap(({ file, dataset }) => caveatsOf({ file, dataset, ...about }))
  return {
    ...lineage.series[0]!.costs,
    series: lineage.series.map(({ name, regime, settings, costs }) => ({ name, regime, settings, ...costs })),
    runs: lineage.runs.length,
    phases: phases.length,
    phasesUnshared: lineage.runs.reduce((sum, run) => sum + run.phases.length, 0),
    phasesDone: phases.length - open.length,
    matrix: lineage.runs.map(({ id, series: { name, regime }, seed }) => ({
      ...{ regime, series: name, seed },
      status: store.runs.get(id)?.status ?? null,
    })),
    estimatedSeconds: estimate?.estimatedSeconds ?? null,
    savedSeconds: estimate?.savedSeconds ?? null,
    checkpointBytes: checkpointBytes(phases),
    memoryBytes: memory.total,
    threads: sharedThreads(services.settings.current().parallel),
    starts: startsOf(variants, lineage),
    caveats: [...new Set(caveats)],
  }
}

/** What series take from the weights that they start from; those that take the same stand together. */
function startsOf(variants: readonly Variant[], { series }: Lineage): Plan['starts'] {
  // In the order of the series.
  const starts = variants.flatMap(({ plan }) => plan.regimes.map(({ start }) => start))
  const groups = new Map<string, Plan['starts'][number]>()
  for (const [index, start] of starts.entries()) {
    if (start === null) continue
    const key = canonicalJson(start.use)
    const names = groups.get(key)?.series ?? []
    groups.set(key, { ...start.use, series: [...names, series[index]!.name] })
  }
  return [...groups.values()]
}

interface Planned {
  lineage: Lineage
  phases: readonly LineagePhase[]
}

/** At most, and what of it sharing phases saves. */
async function estimateAll(
  trainers: TrainerJobs,
  variants: readonly Variant[],
  open: readonly OpenPhase[],
): Promise<Pick<Plan, 'estimatedSeconds' | 'savedSeconds'>> {
  const seconds = await estimatePhases(trainers, variants, open)
  const total = (of: (phase: OpenPhase) => number) => open.reduce((sum, each) => sum + of(each), 0)
  return {
    estimatedSeconds: total(({ phase }) => seconds.get(phase.id)!),
    savedSeconds: total(({ phase, runs }) => seconds.get(phase.id)! * (runs - 1)),
  }
}

/** Seconds that training takes at most, by the ids of phases. Those of one batch size and one data set are timed together. */
export async function estimatePhases(
  trainers: TrainerJobs,
  variants: readonly Variant[],
  open: readonly OpenPhase[],
): Promise<Map<string, number>> {
  const conditions = ({ training, data }: Pick<PhaseDefinition, 'training' | 'data'>) => canonicalJson([training, data])
  const groups = Map.groupBy(open, ({ phase }) => conditions(phase.definition))
  const all = new Map<string, number>()
  for (const [key, phases] of groups) {
    const { training } = phases[0]!.phase.definition
    const { dataset } = variants.find(
      ({ file }) => conditions({ training: file.training, data: withoutPath(file.data) }) === key,
    )!
    const seconds = await estimateSeconds({ trainers, training, dataset, phases })
    phases.forEach(({ phase }, index) => all.set(phase.id, seconds[index]!))
  }
  return all
}

/** Phases that are not trained. */
export function openPhases(store: Store, { lineage, phases }: Planned): OpenPhase[] {
  const users = new Map<string, number>()
  for (const { id } of lineage.runs.flatMap((run) => run.phases)) users.set(id, (users.get(id) ?? 0) + 1)
  return phases.flatMap((phase) => {
    const known = store.phases.get(phase.id)
    if (known?.status === 'done') return []
    return [{ phase, epochsLeft: phase.definition.training.epochs - (known?.epochs ?? 0), runs: users.get(phase.id)! }]
  })
}

const bytesOfFloat = 4
/** Checkpoints of a phase in training: the newest, the previous one, and the best ones that either refers to. */
const snapshots = 4

/** Disk use in bytes: the best checkpoints of all phases, and at most the snapshots of one phase in training. */
export function checkpointBytes(phases: readonly LineagePhase[]): number {
  const weights = phases.reduce((sum, { numbers }) => sum + numbers.model, 0)
  const running = Math.max(...phases.map(({ numbers }) => snapshots * (numbers.model + numbers.moments)))
  return bytesOfFloat * (weights + running)
}

import { distinctBy } from '../../../shared/basics/distinct.ts'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { Plan } from '../../../contract/experiments.ts'
import { cardsNamed, isCard } from '../../../shared/phases/device.ts'
import { momentCount } from '../../../contract/experiment/training.ts'
import type { Costs, RunStatus } from '../../../shared/runs/runs.ts'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { type PhaseSettings, settingsOfPhases } from '../../../contract/experiment/phase-settings.ts'
import { recordedProcessor } from '../../../files/processor.ts'
import type { Store } from '../../store/open.ts'
import type { ExperimentPlan } from '../../../engine/plan.ts'
import { inTurns } from '../../execution/threads/in-turns.ts'
import { slowBfloat16 } from '../workspace/machine/bfloat16.ts'
import { countProcessors, processorCaveat } from '../runs/processors.ts'
import { executors } from '../queue/executors.ts'
import { type Demand, runsAtOnce, threadsOfEach } from '../../execution/trainer-pool/runs-at-once.ts'
import type { ExperimentServices } from './services.ts'
import { listCards } from '../../execution/trainer-pool/nvidia-cards.ts'
import { estimateWork } from './estimate.ts'
import { seedsPerTurn, type Lineage } from './lineage.ts'
import { countPhases, type PhaseTally } from './phase-tally.ts'
import { changedMethods } from './changed-methods.ts'
import { caveatsOf } from './plan-caveats.ts'
import { phasesInWords } from './phase-words.ts'
import type { ExperimentInput, Variant } from './resolve-experiment.ts'

/** Plan of an experiment: runs, phases, costs and time. Changes nothing; descriptions of data sets may be cached. */
export async function planOf(
  services: ExperimentServices,
  { calibrate, ...input }: ExperimentInput & { calibrate: boolean },
): Promise<Plan> {
  const { store } = services
  // Loads the reader of experiment files and the planning of networks, which looking at runs does without.
  const { resolveExperiment } = await import('./resolve-experiment.ts')
  const { lineage, variants, memory, obstacle, countingNote } = await resolveExperiment(services, input, services)
  const { tallies, done, matrix } = await lookUp(store, lineage)
  const open = tallies.filter((each) => each.open.phases > 0)
  const runs = lineage.series.length * lineage.seeds.length
  const demand = { runs, memoryBytes: memory.total }
  // Steps that do not fit into memory cannot be timed.
  const estimate =
    calibrate && obstacle === null ? await estimateAll(services, { variants, demand, tallies: open }) : null
  const phases = sum(tallies, (each) => each.phases)
  const phasesToTrain = sum(open, (each) => each.open.phases)
  const about = { phasesToTrain, slowBfloat16: await slowBfloat16(services), onCard: mayTrainOnCard(services) }
  const caveats = variants.flatMap(({ file, dataset, plan, notes }) => [
    ...caveatsOf({ file, dataset, settings: distinctSettings(file, plan), ...about }),
    ...notes,
  ])
  const mixed = await mixedProcessors(services, { done, phasesToTrain })
  return {
    ...mostExits(lineage),
    series: lineage.series.map(({ name, regime, settings, costs }) => ({ name, regime, settings, ...costs })),
    runs,
    phases,
    phasesUnshared: sum(tallies, ({ unshared }) => unshared),
    phasesDone: phases - phasesToTrain,
    matrix,
    estimatedSeconds: estimate?.estimatedSeconds ?? null,
    savedSeconds: estimate?.savedSeconds ?? null,
    checkpointBytes: checkpointBytes(tallies),
    memoryBytes: memory.total,
    threads: threadsOfEach(runsAtOnce(services.settings.current(), demand)),
    starts: startsOf(variants, lineage),
    words: phasesInWords(variants, lineage),
    caveats: [
      ...new Set(caveats),
      ...changedMethods(store, lineage),
      ...(countingNote === null ? [] : [countingNote]),
      ...(mixed === null ? [] : [mixed]),
      ...(estimate?.extrapolated ? [extrapolatedTime] : []),
    ],
    obstacles: obstacle === null ? [] : [obstacle],
  }
}

/** Costs of the series with most exits: one that trains the backbone alone has but the final one. */
const mostExits = ({ series }: Lineage): Costs =>
  series.map(({ costs }) => costs).reduce((most, each) => (each.exits.length > most.exits.length ? each : most))

/** That phases of an experiment were trained, or will be, on different processors. */
async function mixedProcessors(
  services: ExperimentServices,
  { done, phasesToTrain }: { done: readonly string[]; phasesToTrain: number },
): Promise<string | null> {
  const next = phasesToTrain > 0 && services.about.executor === 'local' ? await nextProcessor(services) : null
  return processorCaveat(await countProcessors(services.store.workspace, done), { noun: 'phase', next })
}

function mayTrainOnCard({ settings, about }: ExperimentServices): boolean {
  return executors[about.executor].mayUseCard(settings.current())
}

/** What trains next, as records name it; null where that is any of several kinds of cards, or none. */
async function nextProcessor({ settings, environment }: ExperimentServices): Promise<string | null> {
  const { device } = settings.current()
  if (!isCard(device)) return recordedProcessor()
  const { cards } = await listCards(environment)
  const [name = null, ...others] = new Set(cardsNamed(device, cards).map((card) => card.name))
  return others.length === 0 ? name : null
}

/** What the workspace has of an experiment; a seed is forgotten once it is counted. */
async function lookUp(store: Store, lineage: Lineage) {
  const { seeds, series, experimentId, runsOf } = lineage
  const known = store.experiments.get(experimentId) !== null
  const statuses = series.map((): (RunStatus | null)[] => [])
  const counter = countPhases(store)
  const count = (seed: number) => {
    const runs = runsOf(seed)
    counter.add(runs)
    runs.forEach(({ id }, index) => statuses[index]!.push(known ? (store.runs.get(id)?.status ?? null) : null))
  }
  await inTurns(seeds, (some) => some.forEach(count), seedsPerTurn(lineage))
  const rows = series.map(({ regime, name }, index) => ({ regime, series: name, statuses: statuses[index]! }))
  return {
    tallies: counter.tallies(),
    done: counter.done,
    matrix: { seeds: [...seeds], rows } satisfies Plan['matrix'],
  }
}

/** What series take from the weights that they start from; those that take the same stand together. */
function startsOf(variants: readonly Variant[], { series }: Lineage): Plan['starts'] {
  // In the order of the series.
  const starts = variants.flatMap(({ plan }) => plan.regimes.map(({ phases }) => phases[0]!.start))
  const groups = new Map<string, Plan['starts'][number]>()
  for (const [index, start] of starts.entries()) {
    if (start === null) continue
    const key = canonicalJson(start.use)
    const names = groups.get(key)?.series ?? []
    groups.set(key, { ...start.use, series: [...names, series[index]!.name] })
  }
  return [...groups.values()]
}

const extrapolatedTime =
  'The time is extrapolated, from smaller batches or from some of the phases: timing all of them would take too long.'

/** At most, and what of it sharing phases saves, with as many runs at once as are trained. */
async function estimateAll(
  services: ExperimentServices,
  { tallies, ...about }: { variants: readonly Variant[]; demand: Demand; tallies: readonly PhaseTally[] },
): Promise<Pick<Plan, 'estimatedSeconds' | 'savedSeconds'> & { extrapolated: boolean }> {
  const works = (['open', 'spared'] as const).flatMap((of) =>
    tallies.map((each) => ({ phase: each.phase, ...each[of] })),
  )
  const { seconds, extrapolated, atOnce } = await estimateWork(services, about, works)
  const total = (some: readonly number[]) => sum(some, (each) => each) / atOnce
  return {
    estimatedSeconds: total(seconds.slice(0, tallies.length)),
    savedSeconds: total(seconds.slice(tallies.length)),
    extrapolated,
  }
}

const bytesOfFloat = 4
/** Checkpoints of a phase in training: the newest, the previous one, and the best ones that either refers to. */
const snapshots = 4

/** Disk use in bytes: the best checkpoints of all phases, and at most the snapshots of one phase in training. */
export function checkpointBytes(counted: readonly Pick<PhaseTally, 'phase' | 'phases'>[]): number {
  const weights = sum(counted, ({ phase, phases }) => phases * phase.numbers.model)
  const running = counted.map(({ phase: { numbers, definition } }) => {
    const moments = momentCount(definition.training) * numbers.gradients
    return snapshots * (numbers.model + moments)
  })
  return bytesOfFloat * (weights + Math.max(...running))
}

const sum = <Item>(items: readonly Item[], value: (item: Item) => number) =>
  items.reduce((total, item) => total + value(item), 0)

/** The settings of all phases that an experiment trains, each once. */
function distinctSettings(
  file: Pick<ExperimentFile, 'data' | 'training'>,
  { regimes }: Pick<ExperimentPlan, 'regimes'>,
): PhaseSettings[] {
  const written = regimes.map(({ phases }) => phases.map((phase) => phase.written))
  const all = written.flatMap((phases) => settingsOfPhases(file, phases))
  return distinctBy(all, canonicalJson)
}

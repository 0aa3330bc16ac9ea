import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import type { NewRun } from '../../store/runs.ts'
import type { Store } from '../../store/open.ts'
import { inTurns } from '../../execution/threads/in-turns.ts'
import { seedsPerTurn, type LineageRun } from './lineage.ts'
import type { TrainingMemory } from '../../execution/trainer-pool/training-memory.ts'
import type { ExperimentInput, ResolvedExperiment } from './resolve-experiment.ts'

interface Insertion {
  input: ExperimentInput
  resolved: Pick<ResolvedExperiment, 'lineage' | 'place'> & { memory: Pick<TrainingMemory, 'total'> }
  /** Series, by their places, whose runs alone are put in, one series after the other; default: all. */
  only?: readonly number[] | undefined
  now: number
}

/**
 * Puts an experiment and its runs into the store, behind what is queued there. One that is there already is found again:
 * its runs stay as they are, deleted ones are restored, purged ones are queued anew. Other requests are answered meanwhile; new runs
 * are among the deleted ones until all are there, so that either all are queued or, after a crash, none. @returns its runs in its order,
 * seed by seed, series by series, and whether it is new.
 */
export async function insertExperiment(store: Store, insertion: Insertion) {
  const { lineage } = insertion.resolved
  const { seeds, runsOf } = lineage
  const { created, seriesIds } = store.transaction(() => ensureExperiment(store, insertion))
  const of = { experimentId: lineage.experimentId, now: insertion.now }
  const runs: string[] = []
  const insert = (some: readonly LineageRun[]) =>
    store.transaction(() => {
      let position = store.runs.lastPosition()
      for (const run of some) {
        runs.push(run.id)
        const seriesId = seriesIds.get(run.series)!
        setSources(store, run)
        if (created || store.runs.get(run.id) === null) addRun(store, { run, seriesId, position: ++position, ...of })
      }
    })
  if (insertion.only) insert(insertion.only.flatMap((series) => seeds.map((seed) => runsOf(seed)[series]!)))
  else await inTurns(seeds, (some) => insert(some.flatMap(runsOf)), seedsPerTurn(lineage))
  store.runs.restore(runs)
  return { created, runs }
}

function ensureExperiment(store: Store, { input, resolved: { lineage, place, memory }, now }: Insertion) {
  const { dataPath, tokenizer } = place
  const { experimentId } = lineage
  const created = store.experiments.get(experimentId) === null
  if (created) {
    const { source } = input
    const file = withTokenizer(input.file, tokenizer?.file)
    store.experiments.insert({
      id: experimentId,
      name: file.name,
      file,
      source,
      dataPath,
      memoryBytes: Math.round(memory.total),
      createdAt: now,
    })
  } else {
    store.experiments.setDataPath(experimentId, dataPath)
    if (tokenizer) store.experiments.setTokenizer(experimentId, tokenizer.file)
    store.experiments.setProbes(experimentId, input.file.probes)
  }
  return {
    created,
    seriesIds: new Map(lineage.series.map((each) => [each, store.series.ensure({ ...each, experimentId })])),
  }
}

/** The file of weights may have been moved since another experiment began with it. New phases take it as it is. */
function setSources(store: Store, { phases }: LineageRun): void {
  for (const { id, definition } of phases)
    if (definition.initial.kind === 'weights') store.phases.setSource(id, definition.initial.source)
}

/** Jobs of the experiment take the path from there, whatever the folder they are made in. */
function withTokenizer(file: ExperimentFile, tokenizer: string | undefined): ExperimentFile {
  return tokenizer === undefined ? file : { ...file, data: { ...file.data, tokenizer } }
}

/** Among the deleted ones. */
function addRun(
  store: Store,
  {
    run,
    position,
    now,
    ...of
  }: { run: LineageRun; position: number; now: number } & Pick<NewRun, 'experimentId' | 'seriesId'>,
): void {
  const { id, name, seed, phases } = run
  store.runs.insert({
    id,
    name,
    seed,
    ...of,
    status: 'queued',
    position,
    error: null,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
    deletedAt: now,
  })
  for (const [place, phase] of phases.entries()) {
    store.phases.ensure({ ...phase, createdAt: now })
    store.phases.link(id, place, phase)
  }
}

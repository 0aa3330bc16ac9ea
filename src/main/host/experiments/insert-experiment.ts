import type { ExperimentFile } from '../../../shared/experiment.ts'
import type { NewRun } from '../../store/runs.ts'
import type { Store } from '../../store/open.ts'
import { distinctPhases, type LineageRun } from './lineage.ts'
import type { TrainingMemory } from '../trainers/training-memory.ts'
import type { ExperimentInput, ResolvedExperiment } from './resolve-experiment.ts'

export interface Enrolled {
  /** Whether the experiment is new. */
  created: boolean
  /** In the experiment's order: seed by seed, series by series. */
  runs: string[]
}

/**
 * Puts an experiment and its runs into the store, behind what is queued there. One that is there already is found again:
 * its runs stay as they are, deleted ones are restored, purged ones are queued anew.
 */
export function insertExperiment(
  store: Store,
  {
    input,
    resolved,
    now,
  }: {
    input: ExperimentInput
    resolved: Pick<ResolvedExperiment, 'lineage' | 'place'> & { memory: Pick<TrainingMemory, 'total'> }
    now: number
  },
): Enrolled {
  const { lineage, place, memory } = resolved
  const { dataPath, tokenizer } = place
  const { experimentId } = lineage
  return store.transaction(() => {
    const known = store.experiments.get(experimentId)
    if (known === null) {
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
    for (const { id, definition } of distinctPhases(lineage)) {
      // It may have been moved since another experiment began with it.
      if (definition.initial.kind === 'weights' && store.phases.get(id))
        store.phases.setSource(id, definition.initial.source)
    }
    const seriesIds = new Map(lineage.series.map((each) => [each, store.series.ensure({ ...each, experimentId })]))
    let position = store.runs.lastPosition()
    for (const run of lineage.runs) {
      const existing = store.runs.get(run.id)
      if (existing === null)
        addRun(store, { run, experimentId, seriesId: seriesIds.get(run.series)!, position: ++position, now })
      else if (existing.deletedAt !== null) store.runs.setDeleted(run.id, null)
    }
    return { created: known === null, runs: lineage.runs.map(({ id }) => id) }
  })
}

/** Jobs of the experiment take the path from there, whatever the folder they are made in. */
function withTokenizer(file: ExperimentFile, tokenizer: string | undefined): ExperimentFile {
  return tokenizer === undefined ? file : { ...file, data: { ...file.data, tokenizer } }
}

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
    ...{ id, name, seed, ...of },
    status: 'queued',
    position,
    error: null,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
    deletedAt: null,
  })
  for (const [place, phase] of phases.entries()) {
    store.phases.ensure({ ...phase, createdAt: now })
    store.phases.link(id, place, phase)
  }
}

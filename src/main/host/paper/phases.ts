import { distinctBy } from '../../../shared/basics/distinct.ts'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { type ExperimentFile, seriesFiles } from '../../../contract/experiment/experiment.ts'
import { withoutPath } from '../../../contract/experiment/identity.ts'
import type { NetworkSpec, SampleSpec } from '../../../shared/network/network.ts'
import type { Store } from '../../store/open.ts'
import { type Dataset, datasets } from '../../../datasets/index.ts'
import { knownShape } from '../experiments/known-shape.ts'
import { allPhases, lineageOf, plannedSeries } from '../experiments/lineage.ts'
import { samplesOf } from '../experiments/resolve-experiment.ts'
import type { PaperFileState } from './file-states.ts'

export interface PaperPhase {
  id: string
  done: boolean
}

/** The distinct phases of each experiment file, by its name. */
export async function phasesOf(
  store: Store,
  states: readonly PaperFileState[],
): Promise<Map<string, readonly PaperPhase[]>> {
  const known = states.some(({ runs }) => runs.some(({ id }) => id === null)) ? knownData(store) : new Map()
  const phases = new Map<string, readonly PaperPhase[]>()
  for (const state of states) phases.set(state.file, ofRuns(store, state) ?? (await planned(store, state, known)))
  return phases
}

/** Null where the workspace lacks some of the runs. */
function ofRuns(store: Store, { runs }: PaperFileState): PaperPhase[] | null {
  const ids = runs.flatMap(({ id }) => id ?? [])
  if (ids.length < runs.length) return null
  const chains = store.summaries.of(ids).flatMap(({ phases }) => phases)
  return distinctBy(chains, ({ id }) => id).map(({ id, status }) => ({ id, done: status === 'done' }))
}

async function planned(store: Store, { experiment }: PaperFileState, known: KnownData): Promise<PaperPhase[]> {
  const ids = await plannedPhases(experiment.file, known)
  return ids.map((id) => ({ id, done: store.phases.get(id)?.status === 'done' }))
}

/** Data sets that phases of the workspace were trained on, by the settings of the data: their fingerprint, and a network for them. */
type KnownData = ReadonlyMap<string, Known>

interface Known {
  fingerprint: string
  network: NetworkSpec
}

function knownData(store: Store): KnownData {
  return new Map(
    store.phases
      .all()
      .map(({ definition: { data, dataset, network } }) => [canonicalJson(data), { fingerprint: dataset, network }]),
  )
}

const plans = new Map<string, Promise<string[]>>()

/**
 * Ids of the distinct phases of an experiment that the workspace does not have, without looking at its data: of data that the
 * workspace knows they are those that training gives; of other data they only tell how many there are and which are shared.
 */
function plannedPhases(file: ExperimentFile, known: KnownData): Promise<string[]> {
  const data = seriesFiles(file).map((series) => known.get(dataKey(series.file)))
  const key = canonicalJson([file, data.map((each) => each?.fingerprint ?? null)])
  const found = plans.get(key) ?? plan(file, data)
  plans.set(key, found)
  return found
}

const dataKey = ({ data }: ExperimentFile) => canonicalJson(withoutPath(data))

async function plan(file: ExperimentFile, data: readonly (Known | undefined)[]): Promise<string[]> {
  const { planExperiment } = await import('../../../engine/plan.ts')
  const series = seriesFiles(file).flatMap(({ settings, file: own }, index) => {
    const { fingerprint = dataKey(own), network } = data[index] ?? {}
    const samples = { ...samplesOf(knownShape(own) ?? textShape(own), own), ...(network && measured(network)) }
    return plannedSeries(
      { file: own, settings },
      planExperiment({ ...own, samples: samples as SampleSpec }),
      fingerprint,
    )
  })
  return allPhases(lineageOf(file, series)).map(({ id }) => id)
}

/** What only the files of a data set say, as a network for it has it. */
function measured(network: NetworkSpec): object {
  const keys = ['classes', 'normalisation', 'vocabulary'].filter((key) => key in network)
  return Object.fromEntries(keys.map((key) => [key, network[key as keyof NetworkSpec]]))
}

/** Shape of texts whose files may not be there. The numbers of words and classes make no difference to the number of phases. */
function textShape({ data }: ExperimentFile) {
  const { maxLength, values } = datasets.get(data.source) as Extract<Dataset, { kind: 'text' }>
  const isRegression = values === 'always' || (values === 'by-columns' && data.columns?.value !== undefined)
  return {
    kind: 'text' as const,
    vocabulary: 30_522,
    maxLength: data.maxLength ?? maxLength,
    ...(isRegression ? { classes: 1, task: 'regression' as const } : { classes: 20 }),
  }
}

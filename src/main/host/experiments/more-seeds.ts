import { parseDocument } from 'yaml'
import type { EnrolledRun } from '../../../contract/experiments.ts'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { requireMethods } from '../../../contract/experiment/stored-methods.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { largest } from '../../../shared/statistics/statistics.ts'
import { writeOutAliases } from '../../../shared/basics/yaml-aliases.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'
import type { Store } from '../../store/open.ts'
import { splitReferences } from '../runs/import-references.ts'
import { resolveRuns } from '../runs/references.ts'
import type { ExperimentServices } from './services.ts'
import { createExperiment } from './create-experiment.ts'
import type { ExperimentInput } from './resolve-experiment.ts'

interface WithMoreSeeds {
  id: string
  name: string
  /** Those that are added. */
  seeds: number[]
  /** Of all its seeds; those of the former ones have their phases already. */
  runs: EnrolledRun[]
}

/**
 * Queues so many further seeds of the series of runs. Seeds are part of what an experiment is: the series are those of a new
 * experiment with the same name, whose former seeds share their phases, and so are done at once. Test values that were opened stay so.
 * @throws ExitlabError `usage` where no run is named, `invalid-experiment` where the file of one cannot be read any more.
 */
export async function queueMoreSeeds(
  services: ExperimentServices,
  { runs: references, more }: { runs: readonly string[]; more: number },
): Promise<WithMoreSeeds[]> {
  const { store } = services
  const { runs: own } = splitReferences(store, references)
  const runs = own.length === 0 ? [] : resolveRuns(store, own)
  if (runs.length === 0) throw onlyImports()
  const asked = [...Map.groupBy(runs, ({ experimentId }) => experimentId)].map(([id, members]) => {
    const chosen = new Set(members.map(({ seriesId }) => seriesId))
    const places = store.series.ofExperiment(id).flatMap((series, place) => (chosen.has(series.id) ? [place] : []))
    return { id, places, ...inputWith(store, { id, run: members[0]!, more }) }
  })
  if (asked.length > 1) await refuseAny(services, asked)
  const added: WithMoreSeeds[] = []
  for (const { id, places, input, seeds } of asked) {
    const created = await createExperiment(services, input, places)
    const openedAt = store.experiments.testOpenedAt(id)
    if (openedAt !== null) store.experiments.openTest(created.id, openedAt)
    added.push({ id: created.id, name: input.file.name, seeds, runs: created.runs })
  }
  return added
}

/** Refuses all where one cannot be trained: one that was queued alone would get its seeds once more by the next try. */
async function refuseAny(
  services: ExperimentServices,
  experiments: readonly { input: ExperimentInput }[],
): Promise<void> {
  const { resolveTrainable } = await import('./resolve-experiment.ts')
  for (const { input } of experiments) await resolveTrainable(services, input)
}

/** The experiment of a run with further seeds, its files where they were found when it was begun. */
function inputWith(
  store: Store,
  { id, run, more }: { id: string; run: RunRow; more: number },
): { input: ExperimentInput; seeds: number[] } {
  const { file: stored, source, dataPath } = store.experiments.get(id)!
  const { definition } = store.phases.chain(run.id)[0]!
  requireMethods(definition, run)
  const last = largest(stored.seeds)
  const seeds = Array.from({ length: more }, (_, index) => last + 1 + index)
  const all = [...stored.seeds, ...seeds]
  const file = withPaths({ ...stored, seeds: all }, { dataPath, weightsPath: weightsPathOf(definition) })
  return { input: { file, source: source && withSeeds(source, all), folder: null }, seeds }
}

/** Extensions are known by what is loaded of them. */
function withPaths(
  { extensions: _, data, initial, network, ...file }: ExperimentFile,
  { dataPath, weightsPath }: { dataPath: string; weightsPath: string | null },
): ExperimentFile {
  const ownFile = weightsPath !== null && initial === undefined && network['file'] !== undefined
  return {
    ...file,
    data: data.path === undefined ? data : { ...data, path: dataPath },
    ...(initial && { initial: { weights: weightsPath ?? initial.weights } }),
    network: ownFile ? { ...network, file: weightsPath } : network,
  }
}

const weightsPathOf = ({ initial }: PhaseRow['definition']) => (initial.kind === 'weights' ? initial.source : null)

function withSeeds(source: string, seeds: readonly number[]): string {
  const document = parseDocument(source, { stringKeys: true })
  // Others may stand for the seeds that are replaced.
  writeOutAliases(document)
  document.set('seeds', document.createNode(seeds, { flow: true }))
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function onlyImports(): ExitlabError {
  return new ExitlabError(
    'usage',
    'Imported results have no experiment file that more seeds could be trained from. Name runs, or an experiment.',
  )
}

import type { DatasetDescription, ImageDescription, TextDescription } from '../../../shared/data/data.ts'
import { isCard } from '../../../shared/phases/device.ts'
import { type Problem, settingRefused } from '../../../shared/basics/error.ts'
import { type ExperimentFile, seriesFiles } from '../../../contract/experiment/experiment.ts'
import type { SampleSpec } from '../../../shared/network/network.ts'
import type { SweptSettings } from '../../../shared/experiment/series.ts'
import type { DataLocation } from '../../../contract/experiment/trainer-jobs.ts'
import type { ExperimentPlan } from '../../../engine/plan.ts'
import { datasets } from '../../../datasets/index.ts'
import { dataLocation } from '../../store/data-location.ts'
import { dataFolder } from '../data/data-folders.ts'
import { relativeTo, tokenizerFile } from '../data/model-files.ts'
import { placed, refuseContradictions, withLines } from './file/refuse-contradictions.ts'
import { withoutPath } from '../../../contract/experiment/identity.ts'
import { settingsOfPhases } from '../../../contract/experiment/phase-settings.ts'
import { writtenRegime } from '../../../contract/experiment/regime-choice.ts'
import { momentCount } from '../../../contract/experiment/training.ts'
import { refuseClassMethods } from './class-methods.ts'
import { refuseMissingExtensions } from './required-extensions.ts'
import { countedLineage, type CountedLineage } from './kept-counting.ts'
import { plannedSeries, type StartFile } from './lineage.ts'
import { describeStart, onceEach } from './describe-start.ts'
import { describeNetworkFile, networkNotes } from './network-file.ts'
import type { ExperimentServices } from './services.ts'
import {
  machineMemory,
  memoryProblem,
  trainingMemory,
  type TrainingMemory,
} from '../../execution/trainer-pool/training-memory.ts'
import type { TrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'

export interface ExperimentInput {
  file: ExperimentFile
  source: string | null
  folder: string | null
}

/** An experiment with everything known that can be known before training. */
export interface ResolvedExperiment extends CountedLineage {
  place: DataLocation
  /** One for each choice of the settings that it sweeps; one where it sweeps nothing. */
  variants: Variant[]
  /** Of the variant that needs most. */
  memory: TrainingMemory
  /** Why it cannot be trained here, with its line in the text; null: nothing that is known. */
  obstacle: Problem | null
}

/** An experiment under one choice of the settings that it sweeps. */
export interface Variant {
  settings: SweptSettings
  file: ExperimentFile
  dataset: DatasetDescription
  plan: ExperimentPlan
  /** The weights that it starts from; null where it starts fresh. */
  start: StartFile | null
  /** Of its network; sentences. */
  notes: string[]
}

/** As `resolveExperiment`. @throws ExitlabError `invalid-experiment` also where it cannot be trained on this machine. */
export async function resolveTrainable(...asked: Parameters<typeof resolveExperiment>): Promise<ResolvedExperiment> {
  const resolved = await resolveExperiment(...asked)
  const { obstacle } = resolved
  if (obstacle === null) return resolved
  throw withLines(settingRefused(obstacle.path.map(String), obstacle.message), asked[1])
}

/**
 * Looks at an experiment's data, fits its network to them and unfolds its regimes and seeds into runs and phases.
 * @throws ExitlabError `invalid-experiment`, with what is wrong as problems, where that cannot be done.
 */
export async function resolveExperiment(
  services: ExperimentServices,
  input: ExperimentInput,
  surroundings: Surroundings = { datasets: services.trainers, weights: services.trainers },
): Promise<ResolvedExperiment> {
  await refuseMissingExtensions(input.file, input.folder, services.about.host)
  refuseContradictions(input)
  return resolved(services, input, surroundings).catch((error: unknown) => {
    throw withLines(error, input)
  })
}

/** Source of data set descriptions: the trainer, or a cache. */
type Describer = Pick<TrainerJobs, 'describe'>

/** Where an experiment is resolved: services that describe the files that it names, and the phases that are there. */
interface Surroundings {
  datasets: Describer
  weights: Pick<TrainerJobs, 'describeWeights'>
  isThere?: (phaseId: string) => boolean
}

async function resolved(
  services: ExperimentServices,
  input: ExperimentInput,
  { datasets, weights, isThere = (id) => services.store.phases.progress(id) !== null }: Surroundings,
): Promise<ResolvedExperiment> {
  // Loads the JavaScript half of TensorFlow.js, which only this needs.
  const { planExperiment } = await import('../../../engine/plan.ts')
  const describer = onceEach(weights)
  const variants: Variant[] = []
  for (const { settings, file } of seriesFiles(input.file)) {
    const dataset = await describeData(services, { ...input, file }, datasets)
    refuseClassMethods(dataset, file)
    const samples = samplesOf(dataset, file)
    const networkFile = await describeNetworkFile(services, { ...input, file }, samples)
    const start = await describeStart({ ...input, file }, { describer, environment: services.environment })
    const regimes = file.regimes.map(writtenRegime)
    const plan = planExperiment({ ...file, samples, weights: start, networkFile, regimes })
    const notes = networkNotes(networkFile, plan.network)
    variants.push({
      settings,
      file,
      dataset,
      plan,
      start: start && { sha256: start.sha256, source: start.source },
      notes,
    })
  }
  const memory = largest(variants.map(memoryOf))
  const gpu = isCard(services.settings.current().device)
  const trainsHere = services.about.executor === 'local'
  const obstacle = trainsHere ? memoryProblem(memory, { available: machineMemory(), gpu }) : null
  const series = variants.flatMap(({ plan, dataset, start: weights, ...variant }) =>
    plannedSeries({ ...variant, weights }, plan, dataset.fingerprint),
  )
  return {
    place: dataPlaceOf(services, input),
    variants,
    memory,
    obstacle: obstacle && placed(obstacle, input.source),
    ...countedLineage(input.file, series, isThere),
  }
}

function memoryOf({ plan, dataset, file }: Variant): TrainingMemory {
  const needs = plan.regimes.flatMap(({ phases }) => {
    const settings = settingsOfPhases(file, phases.map(({ written }) => written)) // prettier-ignore
    return phases.map((phase, index) => {
      const { training, data } = settings[index]!
      const memory = { ...training, ...data, ...file.probes, momentCount: momentCount(training) }
      return trainingMemory({ phases: [phase], dataset, ...memory })
    })
  })
  return largest(needs)
}

const largest = (needs: readonly TrainingMemory[]) =>
  needs.reduce((most, each) => (each.total > most.total ? each : most))

/** Description of an experiment's data set; from the cache unless `datasets` is given. */
export function describeData(
  services: ExperimentServices,
  input: ExperimentInput,
  datasets: Describer = services.datasets,
): Promise<DatasetDescription> {
  const data = withoutPath(input.file.data)
  return datasets.describe({ kind: 'describe', data, ...dataPlaceOf(services, input) })
}

/** Sample specification of an experiment for its network. */
export function samplesOf(dataset: SampleShape, { data }: ExperimentFile): SampleSpec {
  if (dataset.kind === 'text') {
    const { kind, vocabulary, maxLength, classes, task } = dataset
    return { kind, vocabulary, maxLength, classes, task }
  }
  const { kind, height, width, channels, classes, normalisation, task } = dataset
  return { kind, height, width, channels, classes, normalisation, task, pad: data.pad }
}

type SampleShape =
  | Pick<ImageDescription, 'kind' | 'height' | 'width' | 'channels' | 'classes' | 'normalisation' | 'task'>
  | Pick<TextDescription, 'kind' | 'vocabulary' | 'maxLength' | 'classes' | 'task'>

/** Where the data of an experiment lie: as it says, relative to its file, else in the default folder. */
export function dataPlaceOf(
  services: ExperimentServices,
  { file: { data, initial }, folder }: ExperimentInput,
): DataLocation {
  const { environment, settings, store } = services
  const dataPath =
    data.path === undefined
      ? dataFolder(data.source, settings.current(), environment).folder
      : relativeTo(folder, data.path)
  const tokenizer =
    datasets.get(data.source).kind === 'text'
      ? tokenizerFile({ given: data.tokenizer, weights: initial?.weights }, { folder, environment })
      : undefined
  return dataLocation(store.workspace, { dataPath, tokenizer })
}

import { resolve } from 'node:path'
import type { DatasetDescription } from '../../../shared/data.ts'
import { type ExperimentFile, seriesFiles } from '../../../shared/experiment.ts'
import type { SampleSpec } from '../../../shared/network.ts'
import type { SweptSettings } from '../../../shared/series.ts'
import type { ExperimentPlan } from '../../engine/plan.ts'
import { dataPlace } from '../data/data-folders.ts'
import { refuseContradictions, withLines } from '../experiment-file/refuse-contradictions.ts'
import { withoutPath } from '../../../shared/identity/identity.ts'
import { lineageOf, plannedSeries, type Lineage } from './lineage.ts'
import type { HostServices } from '../services.ts'
import { machineMemory, refuseTooLarge, trainingMemory, type TrainingMemory } from '../trainers/training-memory.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'

export interface ExperimentInput {
  file: ExperimentFile
  source: string | null
  folder: string | null
}

/** An experiment with everything known that can be known before training. */
export interface ResolvedExperiment {
  dataPath: string
  /** One for each choice of the settings that it sweeps; one where it sweeps nothing. */
  variants: Variant[]
  /** Of the variant that needs most. */
  memory: TrainingMemory
  lineage: Lineage
}

/** An experiment under one choice of the settings that it sweeps. */
export interface Variant {
  settings: SweptSettings
  file: ExperimentFile
  dataset: DatasetDescription
  plan: ExperimentPlan
}

/**
 * Looks at an experiment's data, fits its network to them and unfolds its regimes and seeds into runs and phases.
 * @throws ExitlabError `invalid-experiment`, with what is wrong as problems, where that cannot be done.
 */
export async function resolveExperiment(
  services: HostServices,
  input: ExperimentInput,
  datasets: Describer = services.trainers,
): Promise<ResolvedExperiment> {
  refuseContradictions(input)
  return resolved(services, input, datasets).catch((error: unknown) => {
    throw withLines(error, input)
  })
}

/** Who looks at data sets: the trainer, or one who remembers what it found. */
type Describer = Pick<TrainerJobs, 'describe'>

async function resolved(
  services: HostServices,
  input: ExperimentInput,
  datasets: Describer,
): Promise<ResolvedExperiment> {
  // Loads the JavaScript half of TensorFlow.js, which only this needs.
  const { planExperiment } = await import('../../engine/plan.ts')
  const variants: Variant[] = []
  for (const { settings, file } of seriesFiles(input.file)) {
    const dataset = await describeData(services, { ...input, file }, datasets)
    const plan = planExperiment(file.network, { samples: samplesOf(dataset, file), ...file })
    variants.push({ settings, file, dataset, plan })
  }
  const memory = variants.map(memoryOf).reduce((most, each) => (each.total > most.total ? each : most))
  refuseTooLarge(memory, { available: machineMemory(), gpu: services.settings.current().gpu })
  const series = variants.flatMap(({ plan, dataset, ...variant }) => plannedSeries(variant, plan, dataset.fingerprint))
  return { dataPath: dataPathOf(services, input), variants, memory, lineage: lineageOf(input.file, series) }
}

function memoryOf({ plan, dataset, file }: Variant): TrainingMemory {
  const phases = plan.regimes.flatMap((regime) => regime.phases)
  return trainingMemory({ phases, dataset, batchSize: file.training.batchSize })
}

/** What an experiment's data are; as remembered unless `datasets` says otherwise. */
export function describeData(
  services: HostServices,
  input: ExperimentInput,
  datasets: Describer = services.datasets,
): Promise<DatasetDescription> {
  const data = withoutPath(input.file.data)
  return datasets.describe({ kind: 'describe', data, dataPath: dataPathOf(services, input) })
}

type Images = Pick<DatasetDescription, 'height' | 'width' | 'channels' | 'classes' | 'normalisation'>

/** What the samples of an experiment are to its network. */
export function samplesOf(
  { height, width, channels, classes, normalisation }: Images,
  { data }: ExperimentFile,
): SampleSpec {
  return { kind: 'images', height, width, channels, classes, normalisation, pad: data.pad }
}

/** Folder or file that the images of an experiment are read from. */
export function dataPathOf(
  { environment, settings }: HostServices,
  { file: { data }, folder }: ExperimentInput,
): string {
  if (data.path === undefined) return dataPlace(data.source, settings.current(), environment).folder
  return folder === null ? resolve(data.path) : resolve(folder, data.path)
}

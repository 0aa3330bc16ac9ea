import { resolve } from 'node:path'
import type { DatasetDescription } from '../../../shared/data.ts'
import type { ExperimentFile } from '../../../shared/experiment.ts'
import type { ExperimentPlan } from '../../engine/plan.ts'
import { dataPlace } from '../data/data-folders.ts'
import { refuseContradictions, withLines } from '../experiment-file/refuse-contradictions.ts'
import { withoutPath } from '../../../shared/identity/identity.ts'
import { lineageOf, type Lineage } from './lineage.ts'
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
  dataset: DatasetDescription
  plan: ExperimentPlan
  memory: TrainingMemory
  lineage: Lineage
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
  const { file } = input
  const dataset = await describeData(services, input, datasets)
  // Loads the JavaScript half of TensorFlow.js, which only this needs.
  const { planExperiment } = await import('../../engine/plan.ts')
  const plan = planExperiment(file.network, { image: imagesOf(dataset, file), ...file })
  const phases = plan.regimes.flatMap((regime) => regime.phases)
  const memory = trainingMemory({ phases, dataset, batchSize: file.training.batchSize })
  refuseTooLarge(memory, { available: machineMemory(), gpu: services.settings.current().gpu })
  const lineage = lineageOf(file, plan, dataset.fingerprint)
  return { dataPath: dataPathOf(services, input), dataset, plan, memory, lineage }
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

/** What the images of an experiment are to its network. */
export function imagesOf(
  { height, width, channels, classes, normalisation }: Images,
  { data }: ExperimentFile,
): Images & { pad: number } {
  return { height, width, channels, classes, normalisation, pad: data.pad }
}

/** Folder or file that the images of an experiment are read from. */
export function dataPathOf(
  { environment, settings }: HostServices,
  { file: { data }, folder }: ExperimentInput,
): string {
  if (data.path === undefined) return dataPlace(data.source, settings.current(), environment).folder
  return folder === null ? resolve(data.path) : resolve(folder, data.path)
}

import { fileURLToPath } from 'node:url'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import { type Experiment, readExperiment } from '../experiments/file/read-experiment.ts'
import type { PaperServices } from './services.ts'
import { findExperiment, type FoundExperiment, knownExperiments, type PaperRun } from './found-experiment.ts'
import { chosenItems, filesNeeded, filesRead, pretrainingOf } from './matrix.ts'
import type { MatrixItem } from './matrix-schema.ts'
import { obstacleOf } from './obstacles.ts'
import { checkpointPath, startingFrom, trainedWeights } from './pretrained-weights.ts'

/** An experiment file of the paper with what the workspace has of it. */
export interface PaperFileState extends FoundExperiment {
  file: string
  /** Where it starts from weights of another one that is trained, with their path. */
  experiment: Experiment
  /** Why it cannot be trained now, with the remedy; null where it can, or is. */
  problem: string | null
}

/** Which part of the paper is meant: ids of items, all where none is named. */
export interface PaperQuestion {
  scale: PaperScale
  items: readonly string[]
}

/** The experiment files of some items, by their names; those that others start from first. */
export async function fileStates(
  services: PaperServices,
  { scale, items }: PaperQuestion,
): Promise<Map<string, PaperFileState>> {
  const files = new Set(chosenItems(items).flatMap((item) => filesNeeded(item, scale)))
  const known = knownExperiments(services.store)
  const states = new Map<string, PaperFileState>()
  for (const file of files) {
    const read = await paperFile(scale, file)
    const found = findExperiment(services.store, known, read.file)
    const before = states.get(pretrainingOf(scale, file) ?? '')
    const { experiment, waits } = before ? after(services, read, before) : { experiment: read, waits: null }
    const problem = isDone(found.runs) ? null : (waits ?? obstacleOf(services, experiment))
    states.set(file, { ...found, file, experiment, problem })
  }
  return states
}

/** Those that an item reads. */
export function statesOf(
  item: MatrixItem,
  scale: PaperScale,
  states: ReadonlyMap<string, PaperFileState>,
): PaperFileState[] {
  return filesRead(item, scale).map((file) => states.get(file)!)
}

const isDone = (runs: readonly PaperRun[]): boolean => runs.every(({ status }) => status === 'done')

/** An experiment that starts from the weights of another one. */
function after(services: PaperServices, experiment: Experiment, before: PaperFileState) {
  const phase = trainedWeights(services, before)
  if (phase !== null) return { experiment: startingFrom(experiment, checkpointPath(services, phase)), waits: null }
  const { name } = before.experiment.file
  return { experiment, waits: `It waits for the weights of “${name}”, which is trained before it.` }
}

const folders: Record<PaperScale, URL> = {
  paper: new URL('../../../../examples/paper/', import.meta.url),
  desk: new URL('../../../../examples/paper/desk/', import.meta.url),
}

const read = new Map<string, Promise<Experiment>>()

/** An experiment file of the paper; read once. */
export function paperFile(scale: PaperScale, file: string): Promise<Experiment> {
  const path = fileURLToPath(new URL(`${file}.yaml`, folders[scale]))
  const known = read.get(path) ?? readExperiment(path)
  read.set(path, known)
  return known
}

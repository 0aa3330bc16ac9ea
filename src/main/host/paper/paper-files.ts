import { fileURLToPath } from 'node:url'
import type { PaperScale } from '../../../shared/paper.ts'
import { type Experiment, readExperiment } from '../experiment-file/read-experiment.ts'

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

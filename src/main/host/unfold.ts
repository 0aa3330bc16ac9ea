import { resolve } from 'node:path'
import type { DatasetDescription } from '../../shared/data.ts'
import type { ExperimentFile } from '../../shared/experiment.ts'
import type { ExperimentPlan } from '../engine/plan.ts'
import { refuseContradictions, withProblem } from './experiment/refuse.ts'
import { lineageOf, withoutPath, type Lineage } from './lineage.ts'
import { defaultDataFolder } from './paths.ts'
import type { HostServices } from './services.ts'

export interface ExperimentInput {
  file: ExperimentFile
  source: string | null
  folder: string | null
}

/** An experiment with everything known that can be known before training. */
export interface Unfolded {
  dataPath: string
  dataset: DatasetDescription
  plan: ExperimentPlan
  lineage: Lineage
}

/**
 * Looks at an experiment's data, fits its network to them and unfolds its regimes and seeds into runs and phases.
 * @throws ExitlabError `invalid-experiment`, with what is wrong as problems, where that cannot be done.
 */
export async function unfold(services: HostServices, input: ExperimentInput): Promise<Unfolded> {
  refuseContradictions(input)
  return unfolded(services, input).catch((error: unknown) => {
    throw withProblem(error, input)
  })
}

async function unfolded(services: HostServices, { file, folder }: ExperimentInput): Promise<Unfolded> {
  const { environment, trainers } = services
  const { path } = file.data
  const dataPath =
    path === undefined
      ? defaultDataFolder(file.data.source, environment)
      : folder === null
        ? resolve(path)
        : resolve(folder, path)
  const dataset = await trainers.describe({ kind: 'describe', data: withoutPath(file.data), dataPath })
  const { height, width, channels, classes, normalisation } = dataset
  // Loads the JavaScript half of TensorFlow.js, which only this needs.
  const { planExperiment } = await import('../engine/plan.ts')
  const image = { height, width, channels, classes, normalisation, pad: file.data.pad }
  const plan = planExperiment(file.network, { image, regimes: file.regimes })
  return { dataPath, dataset, plan, lineage: lineageOf(file, plan, dataset.fingerprint) }
}

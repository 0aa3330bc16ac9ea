import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { datasets } from '../../../datasets/index.ts'
import { dataFolder } from '../data/data-folders.ts'
import { modelFile, tokenizerFile } from '../data/model-files.ts'
import type { Experiment } from '../experiments/file/read-experiment.ts'
import type { PaperServices } from './services.ts'

/** Why an experiment cannot be planned or trained, judged by the names of files, with the remedy; null: nothing is missing. */
export function obstacleOf(services: PaperServices, experiment: Experiment): string | null {
  return missingData(services, experiment) ?? missingWeights(services, experiment)
}

function missingData({ settings, environment }: PaperServices, { file: { data } }: Experiment): string | null {
  const { files, info } = datasets.get(data.source)
  if (files === null || data.path !== undefined) return null
  const { folder } = dataFolder(data.source, settings.current(), environment)
  if (files.areIn(folder, (...path) => existsSync(join(folder, ...path)))) return null
  return `${info.title} is not in ${folder}. Put ${files.expected} there, or choose their folder in the settings.`
}

function missingWeights(
  { environment }: PaperServices,
  { file: { data, initial }, folder }: Experiment,
): string | null {
  const place = { folder, environment }
  try {
    const needed = [
      ...(initial ? [modelFile(initial.weights, 'model.safetensors', place)] : []),
      ...(datasets.get(data.source).kind === 'text'
        ? [tokenizerFile({ given: data.tokenizer, weights: initial?.weights }, place)]
        : []),
    ]
    const missing = needed.find((path) => !existsSync(path))
    return missing === undefined
      ? null
      : `${missing} is missing. Put it there; examples/paper/README.md says where it comes from.`
  } catch (error) {
    if (error instanceof ExitlabError) return error.message
    throw error
  }
}

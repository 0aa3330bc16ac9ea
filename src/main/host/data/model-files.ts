import { existsSync, statSync } from 'node:fs'
import { setUpCommand } from '../../../shared/basics/set-up-command.ts'
import { dirname, join, resolve } from 'node:path'
import { settingRefused } from '../../../shared/basics/error.ts'
import { modelFolder, type Environment } from '../../../files/user-folders.ts'

/** Models that set-up downloads on request; experiments may name them. */
export const modelNames = ['all-minilm-l6-v2'] as const

interface SearchFolders {
  /** Of the experiment file; null where there is none. */
  folder: string | null
  environment: Environment
}

/**
 * Absolute path of the tokenizer.json that an experiment names: by its file, its folder, or the name of a model that set-up brings.
 * Where it names none, the one beside the weights that it starts from.
 */
export function tokenizerFile(
  { given, weights }: { given: string | undefined; weights: string | undefined },
  folders: SearchFolders,
): string {
  if (given !== undefined) return modelFile(given, 'tokenizer.json', folders)
  const beside =
    weights === undefined ? null : join(dirname(modelFile(weights, 'model.safetensors', folders)), 'tokenizer.json')
  if (beside !== null && existsSync(beside)) return beside
  const missing = beside === null ? '' : ` (there is no ${beside} beside the weights)`
  throw settingRefused(
    ['data', 'tokenizer'],
    `texts need the tokenizer.json of the model that reads them${missing}, such as ${modelNames[0]}, which set-up brings (${setUpCommand.text})`,
  )
}

/** Absolute path of a file of a model: of the file itself, of its folder, or of the model's name. */
export function modelFile(given: string, name: string, { folder, environment }: SearchFolders): string {
  if (modelNames.some((each) => each === given)) return join(modelFolder(given, environment), name)
  const path = relativeTo(folder, given)
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, name) : path
}

/** A path of an experiment. */
export function relativeTo(folder: string | null, path: string): string {
  return folder === null ? resolve(path) : resolve(folder, path)
}

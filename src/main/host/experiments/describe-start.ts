import { ExitlabError, settingRefused } from '../../../shared/basics/error.ts'
import type { WeightsDescription } from '../../../shared/network/weights.ts'
import { modelFile } from '../data/model-files.ts'
import type { ExperimentServices } from './services.ts'
import type { TrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'
import { ownWeights, type PlacedFile } from './network-file.ts'

type Describer = Pick<TrainerJobs, 'describeWeights'>

/** Describes each file once: the series of a sweep mostly start from one. */
export function onceEach({ describeWeights }: Describer): Describer {
  const known = new Map<string, Promise<WeightsDescription>>()
  return {
    describeWeights(file) {
      const answer = known.get(file) ?? describeWeights(file)
      known.set(file, answer)
      return answer
    },
  }
}

/** The weights that an experiment starts from, and the absolute path of their file; null where it starts fresh. */
export async function describeStart(
  input: PlacedFile,
  { describer, environment }: { describer: Describer; environment: ExperimentServices['environment'] },
): Promise<(WeightsDescription & { source: string }) | null> {
  const { file, folder } = input
  const own = ownWeights(input)
  if (!file.initial && own === null) return null
  const source = own ?? modelFile(file.initial!.weights, 'model.safetensors', { folder, environment })
  try {
    return { ...(await describer.describeWeights(source)), source }
  } catch (error) {
    if (!(error instanceof ExitlabError) || error.code !== 'data') throw error
    throw settingRefused(own === null ? ['initial', 'weights'] : ['network', 'file'], error.message)
  }
}

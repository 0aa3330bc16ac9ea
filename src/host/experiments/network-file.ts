import { isAbsolute } from 'node:path'
import type { ExperimentFile } from '../../experiment/experiment.ts'
import { settingRefused, ExitlabError } from '../../shared/error.ts'
import type { ImageSpec, NetworkSpec, SampleSpec } from '../../shared/network.ts'
import type { NetworkFile } from '../../shared/network-file.ts'
import { relativeTo } from '../data/model-files.ts'
import type { HostServices } from '../services.ts'

export interface PlacedFile {
  file: ExperimentFile
  /** Of the experiment's text; null where it has none. */
  folder: string | null
}

/**
 * Absolute path of the file that holds an experiment's network; null where its family needs none. Where a relative one starts from is
 * not guessed.
 */
function networkPath({ file: { network }, folder }: PlacedFile): string | null {
  const { file } = network
  if (typeof file !== 'string') return null
  if (folder === null && !isAbsolute(file))
    throw settingRefused(
      ['network', 'file'],
      `${file} is relative, and the folder of this experiment is not known; expected an absolute path`,
    )
  return relativeTo(folder, file)
}

/** The network in the file of an experiment, for its samples. @throws ExitlabError `invalid-experiment` where it is none. */
export async function describeNetworkFile(
  { networkFiles }: Pick<HostServices, 'networkFiles'>,
  input: PlacedFile,
  samples: SampleSpec,
): Promise<NetworkFile | undefined> {
  const path = networkPath(input)
  if (path === null) return undefined
  const { sites } = input.file.network as { sites?: string[] }
  try {
    const side = samples.kind === 'images' ? sideOf(samples) : undefined
    return (await networkFiles.describe({ path, side, sites })).file
  } catch (error) {
    if (!(error instanceof ExitlabError) || error.code !== 'data') throw error
    throw settingRefused(['network', 'file'], error.message)
  }
}

/** Height and width, padding included. */
const sideOf = ({ height, width, pad }: ImageSpec) => [height + 2 * pad, width + 2 * pad] as const

/** The file that a network's first weights come from, where they come from that of the network itself. */
export function ownWeights(input: PlacedFile): string | null {
  return input.file.network['start'] === 'file' && !input.file.initial ? networkPath(input) : null
}

/** What is to be known of a network from a file before it is trained; sentences. */
export function networkNotes(file: NetworkFile | undefined, network: NetworkSpec): string[] {
  if (!file) return []
  const { repeat, fresh } = network as { repeat?: number; fresh?: object }
  return [
    ...file.notes,
    ...(repeat ? [`The images have one channel and the network takes ${repeat}: it is repeated.`] : []),
    ...(fresh
      ? ["Weights are initialised as PyTorch does by default, which need not be as the network's own code does."]
      : []),
  ]
}

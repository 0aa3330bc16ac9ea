import { isAbsolute } from 'node:path'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { ExitlabError, type Remedy, settingRefused } from '../../../shared/basics/error.ts'
import type { ImageSpec, NetworkSpec, SampleSpec } from '../../../shared/network/network.ts'
import type { NetworkFile } from '../../../shared/network/network-file.ts'
import { relativeTo } from '../data/model-files.ts'
import type { ExperimentServices } from './services.ts'

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
  { networkFiles }: Pick<ExperimentServices, 'networkFiles'>,
  input: PlacedFile,
  samples: SampleSpec,
): Promise<NetworkFile | undefined> {
  const path = networkPath(input)
  if (path === null) return undefined
  const { sites } = input.file.network as { sites?: string[] }
  const describe = async (side?: readonly [number, number]) => (await networkFiles.describe({ path, side, sites })).file
  try {
    return await describe(samples.kind === 'images' ? sideOf(samples) : undefined)
  } catch (error) {
    if (!(error instanceof ExitlabError) || error.code !== 'data') throw error
    const remedies = samples.kind === 'images' ? await remediesOf(samples, describe) : []
    throw fileRefused(error.message, remedies)
  }
}

/** Settings of the data with which the images have the size of the file. */
async function remediesOf(
  { height, width, pad: own }: ImageSpec,
  describe: () => Promise<NetworkFile>,
): Promise<Remedy[]> {
  // What else is wrong with the file is said by its refusal.
  const { samples } = (await describe().catch(() => null)) ?? {}
  if (samples?.kind !== 'images') return []
  const [ownHeight, ownWidth] = samples.shape
  const [pad, side] = [(ownHeight - height) / 2, ownHeight - 2 * own]
  const fits = Number.isInteger(pad) && pad >= 0 && ownWidth - width === 2 * pad
  return [
    ...(fits ? [{ path: ['data', 'pad'], value: pad }] : []),
    ...(side > 0 && ownHeight === ownWidth ? [{ path: ['data', 'imageSize'], value: side }] : []),
  ]
}

function fileRefused(reason: string, remedies: Remedy[]): ExitlabError {
  const path = ['network', 'file']
  if (remedies.length === 0) return settingRefused(path, reason)
  const words = remedies.map(({ path, value }) => `${path.join('.')}: ${value}`).join(' or ')
  const message = `${reason} Or bring the images to the size of the file: set ${words}.`
  return new ExitlabError('invalid-experiment', `${path.join('.')}: ${message}`, {
    problems: [{ path, message, remedies }],
  })
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

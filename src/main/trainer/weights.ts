import { z } from 'zod'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { InitialState } from '../../contract/experiment/phase-definition.ts'
import type { PhaseStart } from '../../shared/phases/phase-events.ts'
import type { WeightsDescription } from '../../shared/network/weights.ts'
import { importedArrays, importWeights, useOf, type Network, type StartWeights } from '../../engine/index.ts'
import { networkBeside, readWeights, type WeightContent } from '../../files/weights/weight-file.ts'

/** @throws ExitlabError `data`, naming the file, where it is no file of weights, or larger than memory. */
export async function describeWeightsFile(path: string): Promise<WeightsDescription> {
  const { sha256, arrays } = await readWeights(path)
  return { sha256, arrays: described(arrays), exits: hasHeads(arrays) ? await exitsBeside(path) : null }
}

const described = (arrays: WeightContent['arrays']) =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, type, values }]) => [name, { shape, type, ...soundness(values?.()) }]),
  )

function soundness(values?: Float32Array): Pick<WeightsDescription['arrays'][string], 'finite' | 'infinite'> {
  const finite = values?.every(Number.isFinite) ?? true
  return finite || values!.some(Number.isNaN) ? { finite } : { finite, infinite: true }
}

/** By their names, which other programs keep where they save an export again; marks of its own a file loses then. */
const hasHeads = (arrays: WeightContent['arrays']) => Object.keys(arrays).some((name) => `.${name}`.includes('.heads.'))

const exportedNetwork = z.object({ exits: z.array(z.int()), head: z.string() })

async function exitsBeside(path: string): Promise<WeightsDescription['exits']> {
  const network = exportedNetwork.safeParse(await networkBeside(path))
  return network.success ? network.data : null
}

/**
 * The weights that a phase starts from, and the use of the file's arrays. @throws ExitlabError `data` if the file has changed since
 * the experiment was planned.
 */
export async function startWeights(
  network: Network,
  { source, sha256, heads }: Extract<InitialState, { kind: 'weights' }>,
): Promise<{ weights: StartWeights; start: PhaseStart }> {
  const content = await readWeights(source)
  if (content.sha256 !== sha256) throw changed(source)
  const { spec, groups } = network
  const found = importWeights(network, { arrays: described(content.arrays), exits: heads ? spec : null })
  const arrays = importedArrays(found, (name) => content.arrays[name]!.values!())
  const { taken, fresh, leftOver } = useOf(found)
  const freshGroups = groups.map(({ name }) => name).filter((group) => found.fresh.some((each) => each.group === group))
  return { weights: { arrays, fresh: freshGroups }, start: { taken, fresh, leftOver } }
}

function changed(file: string): ExitlabError {
  return new ExitlabError(
    'data',
    `The file of weights ${file} has changed since the experiment was planned. Put the old one back and retry the run, or run the experiment again, which then starts from the new one.`,
  )
}

import type { ExperimentFile } from '../../../shared/experiment.ts'
import type { NetworkDrawing } from '../../../shared/network-drawing.ts'
import { datasets } from '../../datasets/index.ts'
import { refuseContradictions, withLines } from '../experiment-file/refuse-contradictions.ts'
import type { HostServices } from '../services.ts'
import { describeData, samplesOf, type ExperimentInput } from './resolve-experiment.ts'

/** The network of an experiment that is being written. @throws ExitlabError `invalid-experiment` where it does not fit its samples. */
export async function drawExperiment(services: HostServices, input: ExperimentInput): Promise<NetworkDrawing> {
  refuseContradictions(input)
  const { drawNetwork, resolveNetwork } = await import('../../engine/plan.ts')
  const samples = samplesOf(knownShape(input.file) ?? (await describeData(services, input)), input.file)
  try {
    return drawNetwork(resolveNetwork(input.file.network, samples))
  } catch (error) {
    throw withLines(error, input)
  }
}

/** Of images whose files need not be there; null where they have to be looked at. */
function knownShape({ data }: ExperimentFile) {
  const dataset = datasets.get(data.source)
  if (dataset.kind === 'text' || dataset.images === null) return null
  const { channels } = dataset.images
  // Costs do not depend on what is subtracted from pixels.
  const normalisation = { mean: Array<number>(channels).fill(0), std: Array<number>(channels).fill(1) }
  const size = data.imageSize === null ? {} : { height: data.imageSize, width: data.imageSize }
  return { kind: dataset.kind, ...dataset.images, ...size, normalisation }
}

import type { NetworkDrawing } from '../../../shared/network-drawing.ts'
import { datasets } from '../../datasets/index.ts'
import { refuseContradictions, withLines } from '../experiment-file/refuse-contradictions.ts'
import type { HostServices } from '../services.ts'
import { describeData, samplesOf, type ExperimentInput } from './resolve-experiment.ts'

/** The network of an experiment that is being written. @throws ExitlabError `invalid-experiment` where it does not fit its samples. */
export async function drawExperiment(services: HostServices, input: ExperimentInput): Promise<NetworkDrawing> {
  refuseContradictions(input)
  const { drawNetwork, resolveNetwork } = await import('../../engine/plan.ts')
  const shape = datasets.get(input.file.data.source).images ?? (await describeData(services, input))
  // Its files need not be there. Costs do not depend on what is subtracted from pixels.
  const normalisation = { mean: Array<number>(shape.channels).fill(0), std: Array<number>(shape.channels).fill(1) }
  try {
    return drawNetwork(resolveNetwork(input.file.network, samplesOf({ ...shape, normalisation }, input.file)))
  } catch (error) {
    throw withLines(error, input)
  }
}

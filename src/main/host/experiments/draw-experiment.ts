import type { NetworkDrawing } from '../../../shared/network/network-drawing.ts'
import { refuseContradictions, withLines } from './file/refuse-contradictions.ts'
import type { ExperimentServices } from './services.ts'
import { knownShape } from './known-shape.ts'
import { describeNetworkFile } from './network-file.ts'
import { describeData, samplesOf, type ExperimentInput } from './resolve-experiment.ts'

/** The network of an experiment that is being written. @throws ExitlabError `invalid-experiment` where it does not fit its samples. */
export async function drawExperiment(services: ExperimentServices, input: ExperimentInput): Promise<NetworkDrawing> {
  refuseContradictions(input)
  const { drawNetwork, resolveNetwork } = await import('../../../engine/plan.ts')
  const samples = samplesOf(knownShape(input.file) ?? (await describeData(services, input)), input.file)
  try {
    const networkFile = await describeNetworkFile(services, input, samples)
    return drawNetwork(resolveNetwork(input.file.network, samples, networkFile))
  } catch (error) {
    throw withLines(error, input)
  }
}

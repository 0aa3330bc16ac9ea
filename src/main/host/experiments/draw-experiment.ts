import type { DataSource, DatasetDescription } from '../../../shared/data.ts'
import type { NetworkDrawing } from '../../../shared/network-drawing.ts'
import { refuseContradictions, withLines } from '../experiment-file/refuse-contradictions.ts'
import type { HostServices } from '../services.ts'
import { describeData, imagesOf, type ExperimentInput } from './resolve-experiment.ts'

type Shape = Pick<DatasetDescription, 'height' | 'width' | 'channels' | 'classes'>

const grey = { height: 28, width: 28, channels: 1, classes: 10 }
const coloured = { height: 32, width: 32, channels: 3 }

/** What a network must know of the images of a data set that is the same everywhere; they need not be there to draw it. */
const knownShapes: Partial<Record<DataSource, Shape>> = {
  'fashion-mnist': grey,
  mnist: grey,
  cifar10: { ...coloured, classes: 10 },
  cifar100: { ...coloured, classes: 100 },
}

/** The network of an experiment that is being written. @throws ExitlabError `invalid-experiment` where it does not fit its images. */
export async function drawExperiment(services: HostServices, input: ExperimentInput): Promise<NetworkDrawing> {
  refuseContradictions(input)
  const { drawNetwork, resolveNetwork } = await import('../../engine/plan.ts')
  const shape = knownShapes[input.file.data.source] ?? (await describeData(services, input))
  // Costs do not depend on what is subtracted from pixels.
  const normalisation = { mean: Array<number>(shape.channels).fill(0), std: Array<number>(shape.channels).fill(1) }
  try {
    return drawNetwork(resolveNetwork(input.file.network, imagesOf({ ...shape, normalisation }, input.file)))
  } catch (error) {
    throw withLines(error, input)
  }
}

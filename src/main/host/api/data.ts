import { withoutPath } from '../../../shared/identity/identity.ts'
import { dataOfRun } from '../data/sample-pictures.ts'
import type { HostServices } from '../services.ts'
import type { ExperimentInput } from '../experiments/resolve-experiment.ts'
import { os } from './contract.ts'

export const data = {
  describe: os.data.describe.handler(async ({ input, context }) => {
    const { data, dataPath } = await dataOfExperiment(context, input.experiment)
    const found = await context.datasets.describe({ kind: 'describe', data, dataPath })
    const { height, width, channels, classNames, classCounts, available, testHeldBack } = found
    return { height, width, channels, classNames, classCounts, available, testHeldBack }
  }),

  images: os.data.images.handler(async ({ input: { of, ...asked }, context }) => {
    const place = 'run' in of ? dataOfRun(context, of.run) : await dataOfExperiment(context, of.experiment)
    const { classes, images } = await context.pictures.draw({ ...place, ...asked })
    return { classes, images: images.map(({ png, ...image }) => ({ ...image, png: pngBlob(png) })) }
  }),
}

const pngBlob = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes], { type: 'image/png' })

async function dataOfExperiment(services: HostServices, input: ExperimentInput) {
  const { refuseContradictions } = await import('../experiment-file/refuse-contradictions.ts')
  const { dataPathOf } = await import('../experiments/resolve-experiment.ts')
  refuseContradictions(input)
  return { data: withoutPath(input.file.data), dataPath: dataPathOf(services, input), dataset: null }
}

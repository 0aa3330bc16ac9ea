import { withoutPath } from '../../../../contract/experiment/identity.ts'
import { dataOfRun } from '../../data/sample-pictures.ts'
import type { HostServices } from '../services.ts'
import type { ExperimentInput } from '../../experiments/resolve-experiment.ts'
import { os } from '../contract.ts'

export const data = {
  describe: os.data.describe.handler(async ({ input, context }) => {
    const { data, location } = await dataOfExperiment(context, input.experiment)
    const found = await context.datasets.describe({ kind: 'describe', data, ...location })
    const { task, classNames, classCounts, available, testHeldBack } = found
    const common = { task, classNames, classCounts, available, testHeldBack }
    if (found.kind === 'images') {
      const { kind, height, width, channels, leftOut } = found
      return { kind, height, width, channels, leftOut, ...common }
    }
    const { kind, isPaired, maxLength, tokens, truncated, empty, values } = found
    return { kind, isPaired, maxLength, tokens, truncated, empty, values, ...common }
  }),

  samples: os.data.samples.handler(async ({ input: { of, ...asked }, context }) => {
    const source = 'run' in of ? dataOfRun(context, of.run) : await dataOfExperiment(context, of.experiment)
    const { classes, samples } = await context.pictures.draw({ ...source, ...asked })
    return { classes, samples: samples.map(({ png, ...sample }) => ({ ...sample, ...(png && { png: pngBlob(png) }) })) }
  }),
}

const pngBlob = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes], { type: 'image/png' })

async function dataOfExperiment(services: HostServices, input: ExperimentInput) {
  const { refuseContradictions } = await import('../../experiments/file/refuse-contradictions.ts')
  const { dataPlaceOf } = await import('../../experiments/resolve-experiment.ts')
  refuseContradictions(input)
  return { data: withoutPath(input.file.data), location: dataPlaceOf(services, input), dataset: null }
}

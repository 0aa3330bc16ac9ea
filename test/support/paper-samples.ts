import { datasets } from '../../src/datasets/index.ts'
import type { ExperimentFile } from '../../src/contract/experiment/experiment.ts'
import type { SampleSpec } from '../../src/shared/network/network.ts'

/** Samples as the data set of a file has them. */
export function paperSamples({ data }: ExperimentFile): SampleSpec {
  const dataset = datasets.get(data.source)
  if (dataset.kind === 'text') {
    const task = data.source === 'sts-b' ? { task: 'regression' as const } : {}
    const classes = data.source === 'sts-b' ? 1 : 20
    return { kind: 'text', ...task, vocabulary: 30_522, classes, maxLength: data.maxLength! }
  }
  const { height, width, channels, classes } = dataset.images!
  const size = data.imageSize ? { height: data.imageSize, width: data.imageSize } : { height, width }
  const each = new Array<number>(channels).fill(0.5)
  return { kind: 'images', ...size, channels, classes, pad: data.pad, normalisation: { mean: each, std: each } }
}

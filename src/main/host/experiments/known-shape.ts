import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { datasets } from '../../../datasets/index.ts'

/** Shape of images whose files need not be there, with placeholders for the normalisation; null where the files have to be looked at. */
export function knownShape({ data }: Pick<ExperimentFile, 'data'>) {
  const dataset = datasets.get(data.source)
  if (dataset.kind === 'text' || dataset.images === null) return null
  const { channels } = dataset.images
  // Costs do not depend on what is subtracted from pixels.
  const normalisation = { mean: Array<number>(channels).fill(0), std: Array<number>(channels).fill(1) }
  const size = data.imageSize === null ? {} : { height: data.imageSize, width: data.imageSize }
  return { kind: dataset.kind, ...dataset.images, ...size, normalisation }
}

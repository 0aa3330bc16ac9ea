import type { AnalyseJob } from '../../../shared/trainer.ts'
import type { AnalysedImages } from '../../engine/index.ts'
import { someImages } from '../../engine/index.ts'
import { evaluationBatches, trainingBatches } from '../batches.ts'
import type { LoadedDataset } from '../load-dataset.ts'

/** The images of an analysis's runs. `train` is what they were trained on, without the images held back for validation. */
export function analysedImages({ runs, data }: AnalyseJob, dataset: LoadedDataset): AnalysedImages {
  const run = runs[0]!
  return {
    some: (split, options) => evaluationBatches(someImages(dataset[split], options), run.network),
    training: trainingBatches(dataset.train, { ...run, data }),
  }
}

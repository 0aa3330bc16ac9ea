import type { AnalyseJob } from '../../../experiment/trainer-jobs.ts'
import { type AnalysedImages, someSamples } from '../../engine/index.ts'
import { trainingBatches, uniformBatches } from '../batches.ts'
import type { LoadedDataset } from '../data/open-dataset.ts'

/** The images of an analysis's runs. `train` is what they were trained on, without the images held back for validation. */
export function analysedImages({ runs, data }: AnalyseJob, dataset: LoadedDataset): AnalysedImages {
  const run = runs[0]!
  return {
    some: (split, options) => uniformBatches(someSamples(dataset[split], options), run.network),
    training: trainingBatches(dataset.train, { ...run, data }),
  }
}

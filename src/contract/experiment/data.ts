import { datasets } from '../../datasets/index.ts'
import { dataSpec } from '../../shared/data/data.ts'

/** Settings of the data, of a data set that this version has. */
export const knownData = dataSpec.extend({
  source: datasets.name.describe(
    'Name of the data set. `image-folder`: your own images at `path`, one folder for each class.',
  ),
})

import { describeDataset } from '../data/open-dataset.ts'
import { describeWeightsFile } from '../weights.ts'
import type { Job } from './job.ts'

/** Says what a data set is; needs no TensorFlow. */
export const describe: Job<'describe'> = async ({ data, ...location }, { channel }) => ({
  type: 'described',
  dataset: await describeDataset(data, location, {
    descriptions: process.env.EXITLAB_DESCRIPTIONS,
    say: (message) => channel.log('info', message),
  }),
})

/** Says what a file of weights holds; needs no TensorFlow. */
export const describeWeights: Job<'describe-weights'> = async ({ file }) => ({
  type: 'weights-described',
  weights: await describeWeightsFile(file),
})

import { describeDataset } from '../data/open-dataset.ts'
import type { Job } from './job.ts'

/** Says what a data set is; needs no TensorFlow. */
export const describe: Job<'describe'> = async ({ data, ...location }, { channel }) => ({
  type: 'described',
  dataset: await describeDataset(data, location, {
    descriptions: process.env.EXITLAB_DESCRIPTIONS,
    say: (message) => channel.log('info', message),
  }),
})
